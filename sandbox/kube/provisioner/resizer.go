package provisioner

import (
	"context"
	"log"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	corev1client "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/tools/cache"
)

const (
	provisionedBy = "pv.kubernetes.io/provisioned-by"
	lookAgain     = 10 * time.Second // after which a claim whose expansion failed is tried again
)

// resizer expands volumes whose claims ask for more; the API server has checked that the class allows it.
type resizer struct{ core corev1client.CoreV1Interface }

func (r resizer) run(ctx context.Context, client kubernetes.Interface) {
	factory := informers.NewSharedInformerFactory(client, lookAgain)
	claims := factory.Core().V1().PersistentVolumeClaims().Informer()
	handler := cache.ResourceEventHandlerFuncs{UpdateFunc: func(_, claim any) { r.look(ctx, claim.(*corev1.PersistentVolumeClaim)) }}
	if _, err := claims.AddEventHandler(handler); err != nil {
		log.Printf("volumes will not be expanded: %v", err)
		return
	}
	factory.Start(ctx.Done())
}

func (r resizer) look(ctx context.Context, claim *corev1.PersistentVolumeClaim) {
	asked, has := claim.Spec.Resources.Requests[corev1.ResourceStorage], claim.Status.Capacity[corev1.ResourceStorage]
	if claim.Status.Phase != corev1.ClaimBound || asked.Cmp(has) <= 0 {
		return
	}
	if err := r.expand(ctx, claim.DeepCopy(), asked); err != nil && ctx.Err() == nil {
		log.Printf("expanding %s/%s: %v; trying again within %s", claim.Namespace, claim.Name, err, lookAgain)
	}
}

// expand writes the volume's new capacity down first: the claim's must never exceed it.
func (r resizer) expand(ctx context.Context, claim *corev1.PersistentVolumeClaim, size resource.Quantity) error {
	volume, err := r.core.PersistentVolumes().Get(ctx, claim.Spec.VolumeName, metav1.GetOptions{})
	if err != nil || !slices.Contains(names, volume.Annotations[provisionedBy]) {
		return err
	}
	volume.Spec.Capacity[corev1.ResourceStorage] = size
	if _, err := r.core.PersistentVolumes().Update(ctx, volume, metav1.UpdateOptions{}); err != nil {
		return err
	}
	claim.Status.Capacity[corev1.ResourceStorage] = size
	claim.Status.Conditions = nil // they only ever speak of an expansion under way
	if _, err := r.core.PersistentVolumeClaims(claim.Namespace).UpdateStatus(ctx, claim, metav1.UpdateOptions{}); err != nil {
		return err
	}
	log.Printf("expanded %s/%s to %s", claim.Namespace, claim.Name, size.String())
	return nil
}
