package router

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"sandbox.test/kube/route"
)

const (
	takeOver = 10 * time.Second // how long HAProxy may take to serve what it was given
	glance   = 20 * time.Millisecond
)

// proxy is the HAProxy process: a master that replaces its worker without dropping a connection.
type proxy struct {
	program string
	folder  string
	master  *exec.Cmd
	ended   chan error
}

// serve makes HAProxy serve the files, and returns once it does.
func (p *proxy) serve(ctx context.Context, files map[string][]byte, revision int) error {
	if err := write(p.folder, files); err != nil {
		return err
	}
	if err := p.check(ctx); err != nil {
		return err
	}
	if err := p.load(); err != nil {
		return err
	}
	return p.await(ctx, revision)
}

// check keeps a broken configuration from the running proxy.
func (p *proxy) check(ctx context.Context) error {
	output, err := exec.CommandContext(ctx, p.program, "-c", "-q", "-f", p.file(route.Configuration)).CombinedOutput()
	if err != nil {
		return fmt.Errorf("HAProxy refuses its configuration: %w\n%s", err, output)
	}
	return nil
}

func (p *proxy) load() error {
	if p.master != nil {
		return p.master.Process.Signal(syscall.SIGUSR2)
	}
	master := exec.Command(p.program, "-W", "-f", p.file(route.Configuration))
	master.Stdout, master.Stderr = os.Stderr, os.Stderr
	// If the router is killed, no proxy must stay behind.
	master.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	if err := master.Start(); err != nil {
		return err
	}
	p.master, p.ended = master, make(chan error, 1)
	go func() { p.ended <- master.Wait() }()
	return nil
}

// await asks HAProxy which revision it serves until it is the wanted one.
func (p *proxy) await(ctx context.Context, revision int) error {
	wanted := []byte(fmt.Sprintf("description: revision-%d\n", revision))
	for deadline := time.Now().Add(takeOver); time.Now().Before(deadline); time.Sleep(glance) {
		if info, err := p.ask("show info"); err == nil && bytes.Contains(info, wanted) {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case err := <-p.ended:
			return p.lost(err)
		default:
		}
	}
	return fmt.Errorf("HAProxy does not serve its new configuration after %s", takeOver)
}

func (p *proxy) ask(question string) ([]byte, error) {
	connection, err := net.Dial("unix", p.file(route.Socket))
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	if _, err := io.Copy(connection, strings.NewReader(question+"\n")); err != nil {
		return nil, err
	}
	return io.ReadAll(connection)
}

// lost forgets a process that has ended, so that the next files start another.
func (p *proxy) lost(cause error) error {
	p.master, p.ended = nil, nil
	return fmt.Errorf("HAProxy has ended by itself: %v; its messages stand above", cause)
}

// stop ends the proxy and its workers at once.
func (p *proxy) stop() {
	if p.master == nil {
		return
	}
	if err := p.master.Process.Signal(syscall.SIGTERM); err == nil {
		<-p.ended
	}
	log.Print("stopped HAProxy")
}

func (p *proxy) file(name string) string { return filepath.Join(p.folder, name) }
