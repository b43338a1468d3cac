package signal

import "slices"

// letsIn says that one of the words of authentication means it: the login of a
// bot is its name, and permissions are also those of files and of devices.
func letsIn(words []string, p place) bool {
	for i, w := range words {
		if !authWords().holds(w) {
			continue
		}
		before, after := around(words, i)
		switch w {
		case "login", "logins":
			if slices.Contains([]string{"bot", "bots", "mention", "author", "actor", "reviewer", "commenter", "assignee", "committer", "contributor"}, before) ||
				slices.Contains([]string{"name", "names", "detection"}, after) {
				continue
			}
		case "permission", "permissions", "acl", "acls":
			if ofFiles(before) || ofDevices(before, after, p) {
				continue
			}
		}
		return true
	}
	return false
}

func ofFiles(before string) bool {
	return slices.Contains([]string{"file", "files", "folder", "folders", "directory", "dir", "unix", "posix", "fix", "output", "outputs", "runner", "disk", "object"}, before)
}

// ofDevices says that what is permitted is the use of a camera and its like,
// which the system asks for, or that a shell sets the mode of files.
func ofDevices(before, after string, p place) bool {
	return slices.Contains([]string{
		"gpu", "usb", "camera", "microphone", "notification", "notifications", "location", "media", "storage", "clipboard", "device", "browser", "windows",
		"android", "ios", "runtime",
	}, before) || slices.Contains([]string{"usage", "probe", "probes"}, after) ||
		p.hasExt(".sh", ".bash", ".zsh", ".ps1", ".nix") || p.hasExt(".kt", ".swift", ".dart") && p.under("ui", "android", "ios", "components") || p.under("probes")
}

// movesMoney says that one of the words of payments means it: what a cloud
// bills is a cost to look at.
func movesMoney(words []string) bool {
	for i, w := range words {
		before, _ := around(words, i)
		if moneyWords().holds(w) && (w != "billing" || !slices.Contains([]string{"github", "aws", "gcp", "azure", "ci", "cloud"}, before)) {
			return true
		}
	}
	return false
}

func around(words []string, i int) (before, after string) {
	if i > 0 {
		before = words[i-1]
	}
	if i+1 < len(words) {
		after = words[i+1]
	}
	return before, after
}
