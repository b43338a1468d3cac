package pipeline

import (
	"os"
	"path/filepath"
)

// reportName is the file of a report's numbers in the folder for files.
const reportName = "report.json"

// WriteReport leaves the numbers of a report below dir and gives the path
// relative to it. Those of an earlier report are replaced.
func WriteReport(dir string, data []byte) (string, error) {
	if err := makeFilesDir(dir); err != nil {
		return "", err
	}
	name := filepath.Join(FilesDir, reportName)
	return filepath.ToSlash(name), inRoot(dir, name, func(root *os.Root) error { return writeWhole(root, name, data) })
}
