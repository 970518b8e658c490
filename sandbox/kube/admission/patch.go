package admission

import (
	"encoding/json"

	admissionv1 "k8s.io/api/admission/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/utils/ptr"
)

// patch is a JSON patch that sets whole fields.
type patch []change

type change struct {
	Operation string `json:"op"`
	Path      string `json:"path"`
	Value     any    `json:"value"`
}

// set gives the field the value, be it there already or not.
func set(path string, value any) change { return change{"add", path, value} }

func (p patch) response(uid types.UID) *admissionv1.AdmissionResponse {
	response := &admissionv1.AdmissionResponse{UID: uid, Allowed: true}
	if len(p) == 0 {
		return response
	}
	// Only strings, maps of strings and API types are ever set, and those marshal.
	response.Patch, _ = json.Marshal(p)
	response.PatchType = ptr.To(admissionv1.PatchTypeJSONPatch)
	return response
}

// filled is the map with the defaults added where it has no value.
func filled(values, defaults map[string]string) map[string]string {
	all := map[string]string{}
	for _, source := range []map[string]string{defaults, values} {
		for key, value := range source {
			all[key] = value
		}
	}
	return all
}
