// Package cluster connects the sandbox's own parts to the API server.
package cluster

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"time"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

const (
	retry   = 500 * time.Millisecond
	silence = 10 * time.Second // how long a wait may last without a word
)

// Configuration reads the kubeconfig.
func Configuration(kubeconfig string) (*rest.Config, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, fmt.Errorf("kubeconfig %s: %w", kubeconfig, err)
	}
	// The parts watch, and act on few objects: client-side throttling would only slow them.
	config.QPS = -1
	return config, nil
}

// Connect reads the kubeconfig and returns once the API server is ready; it waits until ctx ends.
func Connect(ctx context.Context, kubeconfig string) (*rest.Config, error) {
	config, err := Configuration(kubeconfig)
	if err != nil {
		return nil, err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	return config, ready(ctx, client)
}

func ready(ctx context.Context, client kubernetes.Interface) error {
	return Persist(ctx, "waiting for the API server", func() error {
		var status int
		err := client.Discovery().RESTClient().Get().AbsPath("/readyz").Do(ctx).StatusCode(&status).Error()
		if status >= http.StatusInternalServerError {
			return errors.New("it is starting") // the long list of what it still lacks helps nobody here
		}
		return err
	})
}

// Persist tries until it succeeds or ctx ends, and says now and then what it is at.
func Persist(ctx context.Context, what string, try func() error) error {
	var spoken time.Time
	for {
		err := try()
		if err == nil {
			return nil
		}
		if time.Since(spoken) > silence {
			log.Printf("%s: %v", what, err)
			spoken = time.Now()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(retry):
		}
	}
}
