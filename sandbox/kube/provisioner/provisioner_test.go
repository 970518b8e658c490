package provisioner

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	corev1client "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/utils/ptr"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"
)

// oneNode stands for the cluster's nodes.
type oneNode struct{ corev1client.NodeInterface }

func (oneNode) List(context.Context, metav1.ListOptions) (*corev1.NodeList, error) {
	node := corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: "node0", Labels: map[string]string{corev1.LabelHostname: "host0"}}}
	return &corev1.NodeList{Items: []corev1.Node{node}}, nil
}

func claim(mode corev1.PersistentVolumeAccessMode) controller.ProvisionOptions {
	return controller.ProvisionOptions{
		PVName:       "pvc-1",
		StorageClass: &storagev1.StorageClass{ReclaimPolicy: ptr.To(corev1.PersistentVolumeReclaimRetain)},
		PVC: &corev1.PersistentVolumeClaim{Spec: corev1.PersistentVolumeClaimSpec{
			AccessModes: []corev1.PersistentVolumeAccessMode{mode},
			Resources:   corev1.VolumeResourceRequirements{Requests: corev1.ResourceList{corev1.ResourceStorage: resource.MustParse("10Gi")}},
		}},
	}
}

func TestAVolumeIsAFolderOnTheNodeUntilItIsDeleted(t *testing.T) {
	folders := &folders{root: t.TempDir(), nodes: oneNode{}}
	volume, _, err := folders.Provision(context.Background(), claim(corev1.ReadWriteOnce))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(volume.Spec.Local.Path, "data"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if size := volume.Spec.Capacity[corev1.ResourceStorage]; size.String() != "10Gi" || volume.Spec.PersistentVolumeReclaimPolicy != corev1.PersistentVolumeReclaimRetain {
		t.Errorf("got %+v", volume.Spec)
	}
	if host := volume.Spec.NodeAffinity.Required.NodeSelectorTerms[0].MatchExpressions[0].Values; host[0] != "host0" {
		t.Errorf("the volume is on %v", host)
	}
	if err := folders.Delete(context.Background(), volume); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(volume.Spec.Local.Path); !os.IsNotExist(err) {
		t.Errorf("the folder is still there: %v", err)
	}
}

func TestADiskIsNotShared(t *testing.T) {
	folders := &folders{root: t.TempDir(), nodes: oneNode{}}
	if _, _, err := folders.Provision(context.Background(), claim(corev1.ReadWriteMany)); err == nil || !strings.Contains(err.Error(), "use ReadWriteOnce") {
		t.Errorf("got %v", err)
	}
}

func TestAFolderThatWasNotMadeHereStays(t *testing.T) {
	folders, foreign := &folders{root: t.TempDir()}, t.TempDir()
	volume := &corev1.PersistentVolume{Spec: corev1.PersistentVolumeSpec{
		PersistentVolumeSource: corev1.PersistentVolumeSource{Local: &corev1.LocalVolumeSource{Path: foreign}},
	}}
	if err := folders.Delete(context.Background(), volume); err == nil {
		t.Error("deleting it must be refused")
	}
	if _, err := os.Stat(foreign); err != nil {
		t.Error(err)
	}
}
