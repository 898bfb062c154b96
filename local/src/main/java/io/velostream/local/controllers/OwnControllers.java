package io.velostream.local.controllers;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Our own StatefulSet controller and garbage collector, held to the same tests as the real ones. */
final class OwnControllers implements AutoCloseable {
    private final List<SharedIndexInformer<? extends HasMetadata>> watches = new ArrayList<>();
    private final ControllerLoop statefulSets;
    private final ControllerLoop collection;
    private final GarbageCollector collector;

    private OwnControllers(KubernetesClient client) {
        StatefulSetController controller = new StatefulSetController(client, Clock.systemUTC());
        this.statefulSets = new ControllerLoop("statefulset-controller", controller::reconcileAll);
        this.collector = new GarbageCollector(client, Clock.systemUTC(), this::onAnyChange);
        this.collection = new ControllerLoop("garbage-collector", collector::collect);
        watch(client.apps().statefulSets().inAnyNamespace().runnableInformer(0));
        watch(client.pods().inAnyNamespace().runnableInformer(0));
    }

    static OwnControllers start(KubernetesClient client) {
        OwnControllers controllers = new OwnControllers(client);
        controllers.statefulSets.start();
        controllers.collection.start();
        controllers.watches.forEach(SharedIndexInformer::start);
        return controllers;
    }

    private void onAnyChange() {
        collection.trigger();
    }

    private <T extends HasMetadata> void watch(SharedIndexInformer<T> informer) {
        informer.exceptionHandler((started, failure) -> true);
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                statefulSets.trigger();
            }

            @Override
            public void onUpdate(T before, T after) {
                statefulSets.trigger();
            }

            @Override
            public void onDelete(T object, boolean unknownFinalState) {
                statefulSets.trigger();
            }
        });
        watches.add(informer);
    }

    @Override
    public void close() {
        statefulSets.close();
        collection.close();
        watches.forEach(SharedIndexInformer::stop);
        collector.close();
    }
}
