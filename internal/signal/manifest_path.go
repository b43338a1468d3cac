package signal

// IsManifest says that a path at the base bears on what Measure finds: of the
// tree it asks for manifests alone. Who holds many trees may keep just these.
func IsManifest(path string) bool { return isManifest(path) }
