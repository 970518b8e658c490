package router

import (
	"context"
	"errors"
	"fmt"
	"log"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"

	"sandbox.test/kube/route"
)

// report writes the verdicts into the routes' statuses, where they are news.
func (r *router) report(ctx context.Context, verdicts []route.Verdict) error {
	var failures []error
	for _, verdict := range verdicts {
		if err := r.tell(ctx, verdict); err != nil {
			failures = append(failures, fmt.Errorf("status of route %s/%s: %w", verdict.Route.Namespace, verdict.Route.Name, err))
		}
	}
	return errors.Join(failures...)
}

func (r *router) tell(ctx context.Context, verdict route.Verdict) error {
	ingress, news := verdict.Status(r.domain, metav1.Now())
	if !news {
		return nil
	}
	updated := verdict.Route.DeepCopy()
	updated.Status.Ingress = ingress
	content, err := runtime.DefaultUnstructuredConverter.ToUnstructured(updated)
	if err != nil {
		return err
	}
	object := &unstructured.Unstructured{Object: content}
	_, err = r.client.Resource(routeResource).Namespace(updated.Namespace).UpdateStatus(ctx, object, metav1.UpdateOptions{})
	if apierrors.IsConflict(err) || apierrors.IsNotFound(err) {
		return nil // the watch brings the route as it is now
	}
	if err == nil {
		log.Printf("route %s/%s, host %s: admitted %t %s", updated.Namespace, updated.Name, verdict.Host, verdict.Admitted(), verdict.Message)
	}
	return err
}
