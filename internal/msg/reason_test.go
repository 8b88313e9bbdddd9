package msg

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestReason(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "no")
	_, err := os.ReadFile(missing)
	if err == nil {
		t.Fatal("no error")
	}
	for _, test := range []struct {
		got  any
		want string
	}{
		{Reason(fmt.Errorf("around: %w", err)), missing + "：文件或文件夹不存在"},
		{Bare(err), "文件或文件夹不存在"},
		{Reason(syscall.ENOSPC), "磁盘空间不足"},
		{Reason(&os.LinkError{Op: "rename", Old: "a", New: "b", Err: syscall.EROFS}), "磁盘只读"},
		{Reason(&fs.PathError{Op: "open", Path: "a", Err: syscall.EACCES}), "a：没有权限"},
		{Reason(errors.New("anything else")), "anything else"},
		{Bare(&fs.PathError{Op: "open", Path: "a", Err: errors.New("anything else")}), "anything else"},
	} {
		said := T("error.other", "Error", test.got).In(Chinese)
		if said != test.want {
			t.Errorf("%q, want %q", said, test.want)
		}
	}
}
