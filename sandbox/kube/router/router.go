package router

import (
	"context"
	"log"
	"maps"
	"os"
	"path/filepath"
	"time"

	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"

	"sandbox.test/kube/cluster"
	"sandbox.test/kube/route"
)

const (
	gather = 50 * time.Millisecond // a change seldom comes alone
	retry  = time.Second
)

// router brings HAProxy, and the routes' statuses, in line with what it sees.
type router struct {
	view     *view
	proxy    *proxy
	client   dynamic.Interface
	domain   string
	frontend route.Frontend
	served   map[string][]byte
}

func serve(ctx context.Context, options options) error {
	if err := os.MkdirAll(options.folder, 0o700); err != nil {
		return err
	}
	authority, err := prepare(options)
	if err != nil {
		return err
	}
	config, err := cluster.Connect(ctx, options.kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	dynamicClient, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	publishing := func() error { return publish(ctx, client.CoreV1(), authority.bundle()) }
	if err := cluster.Persist(ctx, "publishing the router's authority", publishing); err != nil {
		return err
	}
	view, err := watch(ctx, client, dynamicClient)
	if err != nil {
		return err
	}
	return newRouter(options, view, dynamicClient).run(ctx)
}

// prepare writes the certificate that HAProxy serves where a route brings none.
func prepare(options options) (authority, error) {
	authority, err := openAuthority(options.folder)
	if err != nil {
		return authority, err
	}
	wildcard, err := authority.wildcard(options.domain)
	if err != nil {
		return authority, err
	}
	return authority, os.WriteFile(filepath.Join(options.folder, wildcardFile), wildcard, 0o600)
}

func newRouter(options options, view *view, client dynamic.Interface) *router {
	files := filepath.Join(options.folder, "haproxy")
	return &router{
		view:   view,
		proxy:  &proxy{program: options.haproxy, folder: files},
		client: client,
		domain: options.domain,
		frontend: route.Frontend{
			Address: options.address, Folder: files, Wildcard: filepath.Join(options.folder, wildcardFile),
		},
	}
}

// run follows the changes until ctx ends; what fails is tried again.
func (r *router) run(ctx context.Context) error {
	defer r.proxy.stop()
	r.view.changed.Notice()
	for {
		select {
		case <-ctx.Done():
			return nil
		case cause := <-r.proxy.ended:
			r.failed(r.proxy.lost(cause))
		case <-r.view.changed:
			time.Sleep(gather)
			if err := r.sync(ctx); err != nil && ctx.Err() == nil {
				r.failed(err)
			}
		}
	}
}

func (r *router) failed(err error) {
	log.Printf("%v; trying again in %s", err, retry)
	r.served = nil
	time.AfterFunc(retry, r.view.changed.Notice)
}

func (r *router) sync(ctx context.Context) error {
	table, err := r.view.table(r.domain)
	if err != nil {
		return err
	}
	if err := r.serve(ctx, table); err != nil {
		return err
	}
	return r.report(ctx, table.Verdicts)
}

// serve reloads HAProxy if what it is to serve differs from what it serves.
func (r *router) serve(ctx context.Context, table route.Table) error {
	files, err := table.Files(r.frontend)
	if err != nil || maps.EqualFunc(files, r.served, sameContent) {
		return err
	}
	r.frontend.Revision++
	if files, err = table.Files(r.frontend); err != nil {
		return err
	}
	if err := r.proxy.serve(ctx, files, r.frontend.Revision); err != nil {
		return err
	}
	r.served = files
	log.Printf("serving revision %d: %s", r.frontend.Revision, table)
	return nil
}

func sameContent(a, b []byte) bool { return string(a) == string(b) }
