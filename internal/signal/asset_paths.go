package signal

// isAsset tells images and fonts. SVG is text that can hold a script, and no
// asset.
func isAsset(p place) bool {
	return p.hasExt(".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".ico", ".icns", ".tif", ".tiff", ".woff", ".woff2", ".ttf", ".otf", ".eot")
}
