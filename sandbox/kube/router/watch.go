package router

import (
	"context"
	"fmt"
	"log"

	routev1 "github.com/openshift/api/route/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	discoverylisters "k8s.io/client-go/listers/discovery/v1"
	"k8s.io/client-go/tools/cache"

	"sandbox.test/kube/cluster"
	"sandbox.test/kube/route"
)

var routeResource = routev1.GroupVersion.WithResource("routes")

// view is what the router sees of the cluster, kept current by watches.
type view struct {
	routes  cache.GenericLister
	slices  discoverylisters.EndpointSliceLister
	changed cluster.Changes
}

// watch returns once it has seen all there is. Until the cluster knows Routes, it waits.
func watch(ctx context.Context, client kubernetes.Interface, dynamicClient dynamic.Interface) (*view, error) {
	// A watch of what the cluster does not know yet would try again at ever longer intervals.
	if err := cluster.Persist(ctx, "waiting for the cluster to know Routes", func() error {
		_, err := dynamicClient.Resource(routeResource).List(ctx, metav1.ListOptions{Limit: 1})
		return err
	}); err != nil {
		return nil, err
	}
	dynamicFactory := dynamicinformer.NewDynamicSharedInformerFactory(dynamicClient, 0)
	factory := informers.NewSharedInformerFactory(client, 0)
	routes, slices := dynamicFactory.ForResource(routeResource), factory.Discovery().V1().EndpointSlices()
	v := &view{routes: routes.Lister(), slices: slices.Lister(), changed: cluster.NewChanges()}
	for _, informer := range []cache.SharedIndexInformer{routes.Informer(), slices.Informer()} {
		if _, err := informer.AddEventHandler(v.changed.Handler()); err != nil {
			return nil, err
		}
	}
	dynamicFactory.Start(ctx.Done())
	factory.Start(ctx.Done())
	if !cache.WaitForCacheSync(ctx.Done(), routes.Informer().HasSynced, slices.Informer().HasSynced) {
		return nil, ctx.Err()
	}
	return v, nil
}

// table judges the routes as they stand now.
func (v *view) table(domain string) (route.Table, error) {
	endpoints, err := v.endpoints()
	if err != nil {
		return route.Table{}, err
	}
	objects, err := v.routes.List(labels.Everything())
	if err != nil {
		return route.Table{}, err
	}
	var routes []*routev1.Route
	for _, object := range objects {
		typed, err := asRoute(object)
		if err != nil {
			log.Print(err)
			continue
		}
		routes = append(routes, typed)
	}
	return route.NewTable(routes, endpoints, domain), nil
}

func (v *view) endpoints() (route.Endpoints, error) {
	slices, err := v.slices.List(labels.Everything())
	if err != nil {
		return nil, err
	}
	endpoints := route.Endpoints{}
	for _, slice := range slices {
		service := slice.Namespace + "/" + slice.Labels[discoveryv1.LabelServiceName]
		endpoints[service] = append(endpoints[service], slice)
	}
	return endpoints, nil
}

func asRoute(object runtime.Object) (*routev1.Route, error) {
	content := object.(*unstructured.Unstructured)
	typed := &routev1.Route{}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(content.Object, typed); err != nil {
		return nil, fmt.Errorf("route %s/%s is no Route: %w", content.GetNamespace(), content.GetName(), err)
	}
	return typed, nil
}
