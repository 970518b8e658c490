package provisioner

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	corev1client "k8s.io/client-go/kubernetes/typed/core/v1"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"
)

// folders are the volumes; it is the controller's Provisioner.
type folders struct {
	root  string
	nodes corev1client.NodeInterface
}

// Provision makes a folder and returns the volume that stands for it.
func (f *folders) Provision(ctx context.Context, options controller.ProvisionOptions) (*corev1.PersistentVolume, controller.ProvisioningState, error) {
	if err := attachable(options.PVC.Spec.AccessModes); err != nil {
		return nil, controller.ProvisioningFinished, err
	}
	node, err := f.node(ctx, options.SelectedNodeName)
	if err != nil {
		return nil, controller.ProvisioningNoChange, err
	}
	folder := filepath.Join(f.root, options.PVName)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, controller.ProvisioningFinished, err
	}
	log.Printf("made %s for %s/%s", folder, options.PVC.Namespace, options.PVC.Name)
	return volume(options, folder, node), controller.ProvisioningFinished, nil
}

// Delete removes the volume's folder with all that is in it.
func (f *folders) Delete(_ context.Context, volume *corev1.PersistentVolume) error {
	folder := filepath.Join(f.root, volume.Name)
	if volume.Spec.Local == nil || volume.Spec.Local.Path != folder {
		return &controller.IgnoredError{Reason: "it was not made here"}
	}
	log.Printf("removing %s", folder)
	return os.RemoveAll(folder)
}

// attachable refuses what a disk that is attached to one node cannot do.
func attachable(modes []corev1.PersistentVolumeAccessMode) error {
	for _, mode := range modes {
		if mode == corev1.ReadWriteMany || mode == corev1.ReadOnlyMany {
			return fmt.Errorf("access mode %s is not supported: the volume is a disk of one node; use ReadWriteOnce", mode)
		}
	}
	return nil
}

// node is the one the scheduler chose; a claim that is bound at once has none yet and gets the first.
func (f *folders) node(ctx context.Context, name string) (*corev1.Node, error) {
	if name != "" {
		return f.nodes.Get(ctx, name, metav1.GetOptions{})
	}
	nodes, err := f.nodes.List(ctx, metav1.ListOptions{Limit: 1})
	if err != nil {
		return nil, err
	}
	if len(nodes.Items) == 0 {
		return nil, errors.New("the cluster has no node yet")
	}
	return &nodes.Items[0], nil
}
