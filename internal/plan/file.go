package plan

import (
	"errors"
	"os"
	"path/filepath"
)

// WriteFile writes a file of the user's choice that is no part of a project's
// change, such as a report: whole or not at all.
func WriteFile(name string, data []byte) (err error) {
	temp, err := os.CreateTemp(filepath.Dir(name), ".tuikit-cli-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(temp.Name()))
		}
	}()
	_, err = temp.Write(data)
	if err = errors.Join(err, temp.Chmod(0o644), temp.Close()); err != nil {
		return err
	}
	return os.Rename(temp.Name(), name)
}
