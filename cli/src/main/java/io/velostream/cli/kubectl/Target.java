package io.velostream.cli.kubectl;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.velostream.cli.environment.Narrator;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The resource that a verb is about, and how to reach it; the options that every verb has. */
final class Target {

    private static final Duration POLL = Duration.ofMillis(500);

    @Parameters(
            index = "0",
            paramLabel = "RESOURCE",
            description = "vc/NAME, vsj/NAME, or the name alone where only one of both kinds has it.")
    private String resource = "";

    @Option(
            names = {"-n", "--namespace"},
            description = "Namespace; else that of the kubeconfig's context.")
    private @Nullable String namespace;

    @Option(names = "--kubeconfig", description = "Kubeconfig file; else KUBECONFIG, else ~/.kube/config.")
    private @Nullable File kubeconfig;

    @Option(names = "--context", description = "Context of the kubeconfig.")
    private @Nullable String context;

    @Option(
            names = "--timeout",
            defaultValue = "PT10M",
            converter = DurationOption.class,
            description = "How long to follow, such as 90s or 10m (the default); then the exit code is 1.")
    private Duration timeout = Duration.ofMinutes(10);

    @Option(names = "--no-wait", description = "Only patch; do not follow.")
    private boolean noWait;

    /** Which kinds a verb is for. */
    enum Kind {
        CLUSTER,
        JOB
    }

    /** A resource that was found: one of either kind. */
    record Found(Kind kind, String name, String namespace, KubernetesClient client) implements AutoCloseable {

        VeloResource read() {
            return switch (kind) {
                case CLUSTER -> VeloResource.of(require(clusters().get()));
                case JOB -> VeloResource.of(require(jobs().get()));
            };
        }

        VeloCluster cluster() {
            return require(clusters().get());
        }

        VeloStreamJob job() {
            return require(jobs().get());
        }

        /** Merges a change into the spec and gives the resource back as it is now; null removes a field. */
        VeloResource patchSpec(Map<String, ?> spec) {
            PatchContext merge = PatchContext.of(PatchType.JSON_MERGE);
            String patch = client.getKubernetesSerialization().asJson(Map.of("spec", spec));
            try {
                return switch (kind) {
                    case CLUSTER -> VeloResource.of(clusters().patch(merge, patch));
                    case JOB -> VeloResource.of(jobs().patch(merge, patch));
                };
            } catch (KubernetesClientException e) {
                throw new IllegalStateException(reason(e), e);
            }
        }

        private static String reason(KubernetesClientException e) {
            return e.getStatus() == null || e.getStatus().getMessage() == null
                    ? String.valueOf(e.getMessage())
                    : e.getStatus().getMessage();
        }

        private Resource<VeloCluster> clusters() {
            return client.resources(VeloCluster.class).inNamespace(namespace).withName(name);
        }

        private Resource<VeloStreamJob> jobs() {
            return client.resources(VeloStreamJob.class).inNamespace(namespace).withName(name);
        }

        private <R extends CustomResource<?, ?>> R require(@Nullable R found) {
            if (found == null) {
                throw new IllegalStateException(name + " is gone from namespace " + namespace);
            }
            return found;
        }

        @Override
        public void close() {
            client.close();
        }
    }

    /**
     * Finds the resource.
     *
     * @throws IllegalArgumentException when there is none, or one of each kind, or it is not of the kinds that the verb is for
     */
    Found find(Kind... kinds) {
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config()).build();
        try {
            return find(client, List.of(kinds));
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private Found find(KubernetesClient client, List<Kind> kinds) {
        String where = namespace != null
                ? namespace
                : Optional.ofNullable(client.getNamespace()).orElse("default");
        int slash = resource.indexOf('/');
        String name = resource.substring(slash + 1);
        List<Kind> wanted = slash < 0 ? kinds : List.of(kind(resource.substring(0, slash)));
        List<Found> found = wanted.stream()
                .map(kind -> new Found(kind, name, where, client))
                .filter(candidate -> candidate.kind() == Kind.CLUSTER
                        ? candidate.clusters().get() != null
                        : candidate.jobs().get() != null)
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("There is no " + resource + " in namespace " + where
                    + (kinds.size() == 1 ? " that this verb is for: it takes a " + words(kinds.get(0)) : ""));
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException("There is a VeloCluster and a VeloStreamJob " + name + " in namespace "
                    + where + ": write vc/" + name + " or vsj/" + name);
        }
        Found only = found.get(0);
        if (!kinds.contains(only.kind())) {
            throw new IllegalArgumentException(
                    resource + " is a " + words(only.kind()) + "; this verb takes a " + words(kinds.get(0)));
        }
        return only;
    }

    private static String words(Kind kind) {
        return kind == Kind.CLUSTER ? "VeloCluster (vc/NAME)" : "VeloStreamJob (vsj/NAME)";
    }

    private static Kind kind(String text) {
        return switch (text) {
            case "vc", "velocluster", "veloclusters", "veloclusters.velostream.io" -> Kind.CLUSTER;
            case "vsj", "velostreamjob", "velostreamjobs", "velostreamjobs.velostream.io" -> Kind.JOB;
            default ->
                throw new IllegalArgumentException(
                        "\"" + text + "\" is no kind of Velostream's: write vc/NAME or vsj/NAME");
        };
    }

    private Config config() {
        if (kubeconfig == null) {
            return Config.autoConfigure(context);
        }
        if (!kubeconfig.isFile()) {
            throw new IllegalArgumentException("There is no kubeconfig " + kubeconfig);
        }
        return Config.fromKubeconfig(context, kubeconfig);
    }

    /**
     * Patches the spec and follows until the goal is reached.
     *
     * @return the exit code
     */
    int patchAndFollow(Found found, Map<String, ?> spec, Goal goal) {
        VeloResource patched = found.patchSpec(spec);
        Narrator narrator = Narrator.onStandardOutput();
        if (noWait) {
            narrator.line(patched.label() + " patched");
            return 0;
        }
        return follow(found, goal, narrator);
    }

    /** Follows a resource until the goal is reached; gives the exit code. */
    int follow(Found found, Goal goal, Narrator narrator) {
        Instant deadline = Instant.now().plus(timeout);
        String shown = "";
        VeloResource resource = found.read();
        while (true) {
            Optional<Goal.Outcome> outcome = goal.outcome(resource);
            if (outcome.isPresent()) {
                narrator.line(resource.label() + " " + outcome.get().message()
                        + String.format(java.util.Locale.ROOT, " (%.1f s)", narrator.seconds()));
                return outcome.get().reached() ? 0 : 1;
            }
            String progress = goal.progress(resource);
            if (!progress.equals(shown)) {
                narrator.live(resource.label() + " " + progress);
                shown = progress;
            }
            if (Instant.now().isAfter(deadline)) {
                narrator.line(resource.label() + " not there after " + timeout.toSeconds() + " s: " + progress
                        + ". The operator goes on; follow with: kubectl velo wait " + resource.label());
                return 1;
            }
            try {
                TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 1;
            }
            resource = found.read();
        }
    }
}
