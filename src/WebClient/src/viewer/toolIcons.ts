export {
  Svg3D, SvgCrop, SvgCursor, SvgFitToView, SvgHand, SvgIsolate, SvgMeasure, SvgRedo, SvgSelectionClear, SvgSettings, SvgSpin, SvgUndo,
  SvgVisibilityHide, SvgVisibilityShow, SvgWalk, SvgWindowArea, SvgZoomInCircular as SvgZoom,
} from "@itwin/itwinui-icons-react";
