package admission

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"time"

	admissionv1 "k8s.io/api/admission/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	corev1client "k8s.io/client-go/kubernetes/typed/core/v1"
)

// review answers one request: with a patch, or with an error that refuses it.
type review func(context.Context, *admissionv1.AdmissionRequest) (patch, error)

func newHandler(namespaces corev1client.NamespaceInterface, domain string) http.Handler {
	constraints := constraints{namespaces}
	mux := http.NewServeMux()
	mux.Handle("POST /default/namespace", review(newAllocator(namespaces).defaultNamespace))
	mux.Handle("POST /default/pod", review(constraints.defaultPod))
	mux.Handle("POST /default/route", review(routes{domain}.defaultRoute))
	mux.Handle("POST /validate/pod", review(constraints.validatePod))
	return mux
}

func listen(ctx context.Context, options options, handler http.Handler) error {
	server := &http.Server{Addr: options.listen, Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	log.Printf("listening on %s", options.listen)
	err := server.ListenAndServeTLS(options.cert, options.key)
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func (r review) ServeHTTP(out http.ResponseWriter, request *http.Request) {
	var envelope admissionv1.AdmissionReview
	if err := json.NewDecoder(request.Body).Decode(&envelope); err != nil || envelope.Request == nil {
		http.Error(out, "want an AdmissionReview with a request", http.StatusBadRequest)
		return
	}
	envelope.Response = r.answer(request.Context(), envelope.Request)
	envelope.Request = nil
	out.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(out).Encode(envelope); err != nil {
		log.Printf("answering the API server: %v", err)
	}
}

func (r review) answer(ctx context.Context, request *admissionv1.AdmissionRequest) *admissionv1.AdmissionResponse {
	changes, err := r(ctx, request)
	if err == nil {
		return changes.response(request.UID)
	}
	log.Printf("refused %s %s/%s: %v", request.Resource.Resource, request.Namespace, request.Name, err)
	return &admissionv1.AdmissionResponse{
		UID:    request.UID,
		Result: &metav1.Status{Code: http.StatusForbidden, Reason: metav1.StatusReasonForbidden, Message: err.Error()},
	}
}
