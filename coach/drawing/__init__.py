"""Drawing with one pen: strokes on a canvas of pixels, shown as cells of a terminal, as SVG, or as numbers."""
