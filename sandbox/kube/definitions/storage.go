package definitions

import (
	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/utils/ptr"
)

// storageClass describes a class by what differs between platforms.
type storageClass struct {
	name        string
	provisioner string
	parameters  map[string]string
	immediate   bool // bind a claim at once, not when its first pod is scheduled
	fixed       bool // a volume keeps the size it was made with
}

// object is the StorageClass; the first of a flavour is the cluster's default.
func (c storageClass) object(isDefault bool) *storagev1.StorageClass {
	mode := storagev1.VolumeBindingWaitForFirstConsumer
	if c.immediate {
		mode = storagev1.VolumeBindingImmediate
	}
	class := &storagev1.StorageClass{
		TypeMeta:             metav1.TypeMeta{APIVersion: "storage.k8s.io/v1", Kind: "StorageClass"},
		ObjectMeta:           metav1.ObjectMeta{Name: c.name},
		Provisioner:          c.provisioner,
		Parameters:           c.parameters,
		ReclaimPolicy:        ptr.To(corev1.PersistentVolumeReclaimDelete),
		AllowVolumeExpansion: ptr.To(!c.fixed),
		VolumeBindingMode:    &mode,
	}
	if isDefault {
		class.Annotations = map[string]string{"storageclass.kubernetes.io/is-default-class": "true"}
	}
	return class
}
