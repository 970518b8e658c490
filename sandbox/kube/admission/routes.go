package admission

import (
	"context"
	"encoding/json"
	"fmt"

	routev1 "github.com/openshift/api/route/v1"
	admissionv1 "k8s.io/api/admission/v1"
)

// generated marks, as on OpenShift, a host that nobody asked for.
const generated = "openshift.io/host.generated"

// routes does what OpenShift's API server does to a Route and a CustomResourceDefinition cannot express.
type routes struct{ domain string }

func (r routes) defaultRoute(_ context.Context, request *admissionv1.AdmissionRequest) (patch, error) {
	var route, stored routev1.Route
	if err := json.Unmarshal(request.Object.Raw, &route); err != nil {
		return nil, err
	}
	if request.Operation == admissionv1.Update {
		if err := json.Unmarshal(request.OldObject.Raw, &stored); err != nil {
			return nil, err
		}
	}
	return append(r.host(&route, &stored), wildcardPolicy(&route)...), nil
}

// host keeps the stored route's host when the new one omits it, and makes one for a new route.
func (r routes) host(route, stored *routev1.Route) patch {
	switch {
	case route.Spec.Host != "" || route.Spec.Subdomain != "":
		return nil
	case stored.Spec.Host != "":
		return patch{set("/spec/host", stored.Spec.Host)}
	}
	annotations := filled(route.Annotations, map[string]string{generated: "true"})
	host := fmt.Sprintf("%s-%s.%s", route.Name, route.Namespace, r.domain)
	return patch{set("/metadata/annotations", annotations), set("/spec/host", host)}
}

func wildcardPolicy(route *routev1.Route) patch {
	if route.Spec.WildcardPolicy != "" {
		return nil
	}
	return patch{set("/spec/wildcardPolicy", routev1.WildcardPolicyNone)}
}
