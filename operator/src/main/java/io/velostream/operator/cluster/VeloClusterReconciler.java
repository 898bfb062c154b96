package io.velostream.operator.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.crd.v1alpha1.VeloClusterStatus;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import io.velostream.operator.action.ActionLog;
import io.velostream.operator.action.PausePlace;
import io.velostream.operator.engine.AdminToken;
import io.velostream.operator.engine.EngineException;
import io.velostream.operator.metrics.ResourceMeters;
import io.velostream.operator.resource.ApiErrors;
import io.velostream.operator.resource.ForeignObjectException;
import io.velostream.operator.resource.InvalidSpecException;
import io.velostream.operator.resource.ObjectHash;
import io.velostream.operator.resource.ObjectWriter;
import io.velostream.operator.status.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a cluster's objects and pods in line with its resource: observe, decide, intent, act, status. */
@ControllerConfiguration(name = "velocluster", fieldManager = ObjectWriter.FIELD_MANAGER)
public class VeloClusterReconciler implements Reconciler<VeloCluster> {

    private static final Logger LOG = LoggerFactory.getLogger(VeloClusterReconciler.class);

    private final ClusterRuntime runtime;

    public VeloClusterReconciler(ClusterRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public List<EventSource<?, VeloCluster>> prepareEventSources(EventSourceContext<VeloCluster> context) {
        runtime.meters()
                .show("VeloCluster", () -> context.getPrimaryCache().list(any -> true), VeloClusterReconciler::state);
        return List.of(
                owned(StatefulSet.class, context),
                owned(Service.class, context),
                owned(ServiceAccount.class, context),
                owned(PodDisruptionBudget.class, context),
                owned(ConfigMap.class, context),
                source(Pod.class, ClusterNames.POD_SELECTOR, VeloClusterReconciler::clusterOfPod, context),
                source(VeloStreamJob.class, null, job -> Set.of(PlacedJobs.cluster(job)), context));
    }

    @Override
    public UpdateControl<VeloCluster> reconcile(VeloCluster cluster, Context<VeloCluster> context) {
        ClusterStatusWriter status = new ClusterStatusWriter(cluster, context, runtime);
        if (cluster.isMarkedForDeletion()) {
            return UpdateControl.noUpdate();
        }
        Instant now = runtime.clock().instant();
        Optional<Instant> pausedUntil = ClusterPause.until(cluster.getSpec().pause(), now);
        if (pausedUntil.isPresent()) {
            status.paused(pausedUntil.get());
            return again(Duration.between(now, pausedUntil.get()).plusSeconds(1));
        }
        try {
            UnknownValues.refuse(cluster.getSpec());
            return again(pass(cluster, context, status, now) ? runtime.steady() : runtime.working());
        } catch (InvalidSpecException e) {
            status.stalled(Reason.INVALID_SPEC, String.valueOf(e.getMessage()));
        } catch (ForeignObjectException e) {
            status.stalled(Reason.FOREIGN_OBJECT, String.valueOf(e.getMessage()));
        } catch (KubernetesClientException e) {
            if (!ApiErrors.isNamespaceGoing(e)) {
                throw e;
            }
        }
        return again(runtime.steady());
    }

    @Override
    public ErrorStatusUpdateControl<VeloCluster> updateErrorStatus(
            VeloCluster cluster, Context<VeloCluster> context, Exception e) {
        new ClusterStatusWriter(cluster, context, runtime).failed(e);
        return ErrorStatusUpdateControl.noStatusUpdate();
    }

    /** @return whether the cluster is as it should be */
    private boolean pass(VeloCluster cluster, Context<VeloCluster> context, ClusterStatusWriter status, Instant now) {
        KubernetesSerialization serialization = context.getClient().getKubernetesSerialization();
        String image = status.image();
        ActionLog actions = status.actionsWithNewRequests(now);
        ClusterObjectsWriter objects = new ClusterObjectsWriter(cluster, context);
        ConfigFiles config =
                new ConfigSource(cluster, context.getClient()).find(status.lastGoodConfig(), objects.configFiles());
        ConfigView view = new ConfigView(config.wanted(), config.lastGood(), Optional.empty());
        String configHash = ConfigDeployment.target(cluster.getSpec(), view, actions);
        PodTemplateSpec template =
                PodTemplates.template(cluster, runtime.defaults(), image, configHash, PodRestarts.request(actions));
        String templateHash = ObjectHash.of(serialization.asJson(template));

        objects.writeSurroundings(config.content(usedConfigs(context)));
        AdminToken token = runtime.tokens().findOrCreate(cluster);
        ClusterActor actor = new ClusterActor(
                context.getClient(), runtime.engine(), runtime.observer(), runtime.pausePoint(), runtime.port());

        ClusterObservation observation = new ClusterObserver(runtime, cluster, context, token)
                .observe(objects.statefulSet(), config, actions, template, templateHash, now);
        ClusterDecision decision = ClusterPlanner.decide(observation);
        status.intend(decision.actions());
        writeStatefulSet(objects, template, observation, decision.shape());
        ActionLog done = carryOut(cluster, decision, actor, token);
        new OrphanSweep(
                        context.getClient(),
                        runtime.engine(),
                        cluster.getMetadata().getNamespace(),
                        cluster.getMetadata().getName())
                .sweep(observation, context.getSecondaryResourcesAsStream(ConfigMap.class), actor, token);
        keepGoodConfig(cluster, context, config, decision);
        return status.report(observation, decision, done, configHash);
    }

    /** Before the status names it, so that what it names can always be found. */
    private static void keepGoodConfig(
            VeloCluster cluster, Context<VeloCluster> context, ConfigFiles config, ClusterDecision decision) {
        decision.progress()
                .config()
                .lastGood()
                .filter(hash -> !config.lastGood().equals(Optional.of(hash)))
                .ifPresent(hash -> new ConfigRevisions(context.getClient())
                        .keep(cluster, hash, config.texts().getOrDefault(hash, "")));
    }

    private static Set<String> usedConfigs(Context<VeloCluster> context) {
        return context.getSecondaryResourcesAsStream(Pod.class)
                .map(pod -> pod.getMetadata().getAnnotations())
                .filter(Objects::nonNull)
                .map(annotations -> annotations.get(ClusterNames.CONFIG_HASH))
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }

    private void writeStatefulSet(
            ClusterObjectsWriter objects,
            PodTemplateSpec template,
            ClusterObservation observation,
            StatefulSetShape shape) {
        Runnable write = () -> objects.writeStatefulSet(template, observation.templateHash(), shape);
        boolean asItIs = observation
                .statefulSet()
                .filter(set -> set.isWrittenAs(observation.templateHash(), shape))
                .isPresent();
        if (asItIs) {
            write.run();
        } else {
            runtime.pausePoint().around(PausePlace.STATEFUL_SET_WRITE, write);
        }
    }

    /** One effect that fails does not hold up the others; the next pass sees that it is still wanted. */
    private ActionLog carryOut(VeloCluster cluster, ClusterDecision decision, ClusterActor actor, AdminToken token) {
        ActionLog actions = decision.actions();
        for (ClusterEffect effect : decision.effects()) {
            try {
                actor.carryOut(effect, cluster.getMetadata().getNamespace(), token);
                if (effect instanceof ClusterEffect.RestartProcessing(PodView pod, String key)) {
                    actions = ProcessingRestart.called(actions, key, pod);
                }
                if (effect instanceof ClusterEffect.ReplacePod replaced) {
                    runtime.events().record(cluster, replaced.event());
                }
            } catch (EngineException e) {
                LOG.warn("Cluster {}: {}", cluster.getMetadata().getName(), e.getMessage());
            }
        }
        return actions;
    }

    private static ResourceMeters.State state(VeloCluster cluster) {
        VeloClusterStatus status = cluster.getStatus();
        return status == null
                ? new ResourceMeters.State(0, List.of())
                : new ResourceMeters.State(
                        Objects.requireNonNullElse(status.observedGeneration(), 0L), status.conditions());
    }

    private static UpdateControl<VeloCluster> again(Duration after) {
        return UpdateControl.<VeloCluster>noUpdate().rescheduleAfter(after);
    }

    private static Set<ResourceID> clusterOfPod(Pod pod) {
        String cluster = pod.getMetadata().getLabels().get(ClusterNames.CLUSTER_LABEL);
        return cluster == null
                ? Set.of()
                : Set.of(new ResourceID(cluster, pod.getMetadata().getNamespace()));
    }

    private static <R extends HasMetadata> EventSource<R, VeloCluster> owned(
            Class<R> type, EventSourceContext<VeloCluster> context) {
        return source(type, ClusterNames.MANAGED_SELECTOR, Mappers.fromOwnerReferences(VeloCluster.class), context);
    }

    private static <R extends HasMetadata> EventSource<R, VeloCluster> source(
            Class<R> type,
            @org.jspecify.annotations.Nullable String selector,
            SecondaryToPrimaryMapper<R> mapper,
            EventSourceContext<VeloCluster> context) {
        var configuration =
                InformerEventSourceConfiguration.from(type, VeloCluster.class).withSecondaryToPrimaryMapper(mapper);
        if (selector != null) {
            configuration.withLabelSelector(selector);
        }
        return new InformerEventSource<>(configuration.build(), context);
    }
}
