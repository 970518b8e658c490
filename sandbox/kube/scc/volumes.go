package scc

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

var allowedVolumes = map[string]bool{
	"configMap": true, "csi": true, "downwardAPI": true, "emptyDir": true, "ephemeral": true,
	"image": true, "persistentVolumeClaim": true, "projected": true, "secret": true,
}

func (f *causes) volumes(volumes []corev1.Volume) {
	for i, volume := range volumes {
		if kind := volumeKind(volume.VolumeSource); !allowedVolumes[kind] {
			f.invalid(fmt.Sprintf("spec.volumes[%d]", i), kind, kind+" volumes are not allowed to be used")
		}
	}
}

// volumeKind is the name of the one source that is set, as the API spells it.
func volumeKind(source corev1.VolumeSource) string {
	set, err := runtime.DefaultUnstructuredConverter.ToUnstructured(&source)
	if err != nil {
		return ""
	}
	for kind := range set {
		return kind
	}
	return "emptyDir" // the API server's default
}
