package definitions

import (
	"fmt"
	"os"
	"path/filepath"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/yaml"
)

// resourceDefinitions reads what the build took from the module github.com/openshift/api.
func resourceDefinitions(options Options) ([]runtime.Object, error) {
	if options.Flavour == plain {
		return nil, nil
	}
	files, err := filepath.Glob(filepath.Join(options.CRDs, "*.yaml"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no CustomResourceDefinition in %s; the build puts them beside the program, else name their folder with --crds", options.CRDs)
	}
	var objects []runtime.Object
	for _, file := range files {
		object, err := readObject(file)
		if err != nil {
			return nil, err
		}
		objects = append(objects, object)
	}
	return objects, nil
}

func readObject(file string) (runtime.Object, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	object := &unstructured.Unstructured{}
	if err := yaml.Unmarshal(content, &object.Object); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return object, nil
}
