package router

import (
	"os"
	"path/filepath"

	"sandbox.test/kube/route"
)

// write makes the folder hold the files and no other, but for the socket of a running HAProxy.
func write(folder string, files map[string][]byte) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	present, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, entry := range present {
		if _, wanted := files[entry.Name()]; !wanted && entry.Name() != route.Socket {
			if err := os.Remove(filepath.Join(folder, entry.Name())); err != nil {
				return err
			}
		}
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}
