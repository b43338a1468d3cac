//go:build !image

package gitrepo

import (
	"io"
	"os"
	"syscall"
)

const (
	// setPipeSize is F_SETPIPE_SZ of linux/fcntl.h, which package syscall lacks.
	setPipeSize = 1031
	// widePipe is the largest pipe that Linux gives to everyone, in bytes
	// (pipe(7), /proc/sys/fs/pipe-max-size).
	widePipe = 1 << 20
)

// widen gives git more room to write into. While all cores measure, a reader
// may wait 10 ms for its turn, and git would wait with it: usual pipes hold 64
// KiB. Where the size cannot be had, the pipe works as it is, only slower.
func widen(out io.Reader) {
	f, ok := out.(*os.File)
	if !ok {
		return
	}
	raw, err := f.SyscallConn()
	if err != nil {
		return
	}
	_ = raw.Control(func(fd uintptr) {
		_, _, _ = syscall.Syscall(syscall.SYS_FCNTL, fd, setPipeSize, widePipe)
	})
}
