package definitions

import (
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
)

// fields turns a typed object into the fields it sets: what Go's zero values would add, the server must not own.
func fields(object runtime.Object) (*unstructured.Unstructured, error) {
	content, err := runtime.DefaultUnstructuredConverter.ToUnstructured(object)
	if err != nil {
		return nil, err
	}
	unstructured.RemoveNestedField(content, "metadata", "creationTimestamp")
	return &unstructured.Unstructured{Object: content}, nil
}

func withoutStatus(objects []runtime.Object) ([]runtime.Object, error) {
	var specs []runtime.Object
	for _, object := range objects {
		spec, err := fields(object)
		if err != nil {
			return nil, err
		}
		delete(spec.Object, "status")
		specs = append(specs, spec)
	}
	return specs, nil
}
