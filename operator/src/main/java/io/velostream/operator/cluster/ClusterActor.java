package io.velostream.operator.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.velostream.operator.action.PausePoint;
import io.velostream.operator.engine.AdminToken;
import io.velostream.operator.engine.EnginePod;
import io.velostream.operator.engine.EnginePods;
import io.velostream.operator.engine.PodObserver;
import java.net.HttpURLConnection;
import java.time.Instant;

/** Carries effects out. Each may be carried out again without harm. */
final class ClusterActor {

    private final KubernetesClient client;
    private final EnginePods engine;
    private final PodObserver observer;
    private final PausePoint pausePoint;
    private final int port;

    ClusterActor(KubernetesClient client, EnginePods engine, PodObserver observer, PausePoint pausePoint, int port) {
        this.client = client;
        this.engine = engine;
        this.observer = observer;
        this.pausePoint = pausePoint;
        this.port = port;
    }

    /**
     * Does what an effect says.
     *
     * @throws io.velostream.operator.engine.EngineException when the pod did not do it
     */
    void carryOut(ClusterEffect effect, String namespace, AdminToken token) {
        pausePoint.around(effect.place(), () -> call(effect, namespace, token));
        if (effect.pod().ip().isPresent()) {
            observer.invalidate(engineOf(namespace, effect.pod(), token));
        }
    }

    private void call(ClusterEffect effect, String namespace, AdminToken token) {
        switch (effect) {
            case ClusterEffect.TakeOutOfService(PodView pod, Instant at) ->
                patch(namespace, pod, "\"false\"", "\"" + at + "\"");
            case ClusterEffect.PutIntoService(PodView pod) -> patch(namespace, pod, "\"true\"", "null");
            case ClusterEffect.ReplacePod(PodView pod, String why) -> delete(namespace, pod);
            case ClusterEffect.SetMaintenance(PodView pod, boolean enabled) ->
                engine.maintenance(engineOf(namespace, pod, token), enabled);
            case ClusterEffect.DrainPod drain -> engine.drain(engineOf(namespace, drain.pod(), token), drain.timeout());
            case ClusterEffect.RestartProcessing(PodView pod, String key) ->
                engine.restart(engineOf(namespace, pod, token), key);
        }
    }

    EnginePod engineOf(String namespace, PodView pod, AdminToken token) {
        return new EnginePod(namespace, pod.name(), pod.ip().orElse("0.0.0.0"), port, token);
    }

    /** The uid makes sure that the patch does not fall on a pod that took this one's place. */
    private void patch(String namespace, PodView pod, String inService, String drainStarted) {
        String patch = "{\"metadata\":{\"uid\":\"" + pod.uid() + "\",\"labels\":{\"" + ClusterNames.IN_SERVICE_LABEL
                + "\":" + inService + "},\"annotations\":{\"" + ClusterNames.DRAIN_STARTED + "\":" + drainStarted
                + "}}}";
        ignoringGone(() -> client.pods()
                .inNamespace(namespace)
                .withName(pod.name())
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch));
    }

    private void delete(String namespace, PodView pod) {
        ignoringGone(() -> {
            Pod current =
                    client.pods().inNamespace(namespace).withName(pod.name()).get();
            if (current != null && pod.uid().equals(current.getMetadata().getUid())) {
                client.resource(current).delete();
            }
        });
    }

    private static void ignoringGone(Runnable call) {
        try {
            call.run();
        } catch (KubernetesClientException e) {
            boolean gone =
                    e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || e.getCode() == HttpURLConnection.HTTP_CONFLICT;
            if (!gone) {
                throw e;
            }
        }
    }
}
