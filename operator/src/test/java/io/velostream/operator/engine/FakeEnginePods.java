package io.velostream.operator.engine;

import io.velostream.operator.engine.EngineJobDocument.DesiredState;
import io.velostream.operator.engine.EngineJobStatus.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Pods that do what they are told and remember it: a log of the calls, failures and hooks by call, SQL that is refused by a rule,
 * and drains that take as long as the test wants.
 */
public final class FakeEnginePods implements EnginePods {

    /** Every call that changes something, as {@code pod verb argument}. */
    public final List<String> calls = new CopyOnWriteArrayList<>();

    private final Map<String, FakePod> pods = new ConcurrentHashMap<>();
    private final Map<String, EngineException> failures = new ConcurrentHashMap<>();
    private final List<Consumer<String>> hooks = new CopyOnWriteArrayList<>();
    private volatile Function<String, List<EngineJobStatus.Problem>> judge = sql -> List.of();
    private volatile Function<EngineJobDocument, State> runs = document -> State.RUNNING;
    private volatile Function<String, List<String>> configJudge = yaml -> List.of();
    private volatile String version = "0.1.0-SNAPSHOT";
    private final Map<String, String> failedChecks = new ConcurrentHashMap<>();
    private volatile boolean holdDrains;
    private volatile String namespace = "";

    /** Every pod answers with this version. */
    public FakeEnginePods version(String newVersion) {
        version = newVersion;
        return this;
    }

    /** Pods of other namespaces do not answer. */
    public FakeEnginePods only(String newNamespace) {
        namespace = newNamespace;
        return this;
    }

    /** Errors that the pods find in a text. */
    public FakeEnginePods judge(Function<String, List<EngineJobStatus.Problem>> newJudge) {
        judge = newJudge;
        return this;
    }

    /** In what state a job is that shall run. */
    public FakeEnginePods runsAs(Function<EngineJobDocument, State> newRuns) {
        runs = newRuns;
        return this;
    }

    /** Problems that the pods find in a configuration. */
    public FakeEnginePods configJudge(Function<String, List<String>> newJudge) {
        configJudge = newJudge;
        return this;
    }

    /** Drains begin and do not end until {@link #finishDrains}. */
    public FakeEnginePods holdDrains() {
        holdDrains = true;
        return this;
    }

    /** Every drain ends now, and later ones at once. */
    public FakeEnginePods finishDrains() {
        holdDrains = false;
        pods.values().forEach(FakePod::finishDrain);
        return this;
    }

    /** Calls to a pod fail until {@link #recover}. */
    public FakeEnginePods fail(String pod, EngineException.Kind kind) {
        failures.put(pod, new EngineException(kind, "pod " + pod + " is told to fail with " + kind));
        return this;
    }

    /** A pod answers again. */
    public FakeEnginePods recover(String pod) {
        failures.remove(pod);
        return this;
    }

    /** A check of a pod's readiness fails until {@link #passes}. */
    public FakeEnginePods failsCheck(String pod, String check) {
        failedChecks.put(pod, check);
        return this;
    }

    /** Every check of a pod passes. */
    public FakeEnginePods passes(String pod) {
        failedChecks.remove(pod);
        return this;
    }

    /** Runs before every call that changes something, with its line of the log. */
    public FakeEnginePods before(Consumer<String> hook) {
        hooks.add(hook);
        return this;
    }

    /** The process of a pod began anew: what was not in a file is gone. */
    public void restarted(String pod) {
        pods.remove(pod);
    }

    /** The document of a job on a pod. */
    public Optional<EngineJobDocument> document(String pod, String job) {
        return Optional.ofNullable(pods.get(pod)).map(fake -> fake.documents.get(job));
    }

    /** Whether a pod is in maintenance. */
    public boolean inMaintenance(String pod) {
        return pod(pod).maintenance;
    }

    @Override
    public boolean ready(EnginePod pod) {
        return readiness(pod).isReady();
    }

    @Override
    public EngineReadiness readiness(EnginePod pod) {
        check(pod);
        Map<String, Boolean> checks = new TreeMap<>();
        for (String name : List.of("kafka", "resources", "circuit_breakers")) {
            checks.put(name, !name.equals(failedChecks.get(pod.name())));
        }
        return new EngineReadiness(checks.containsValue(false) ? "not_ready" : "ready", checks);
    }

    @Override
    public String version(EnginePod pod) {
        check(pod);
        return version;
    }

    @Override
    public EngineProcessing processing(EnginePod pod) {
        check(pod);
        FakePod fake = pod(pod.name());
        synchronized (fake) {
            return new EngineProcessing(
                    fake.state,
                    fake.maintenance,
                    fake.documents.values().stream().map(fake::status).toList(),
                    Optional.ofNullable(fake.lastRestart));
        }
    }

    @Override
    public ConfigVerdict validateConfig(EnginePod pod, String yaml) {
        call(pod, "validate config");
        List<String> found = configJudge.apply(yaml);
        return found.isEmpty() ? new ConfigVerdict.Valid() : new ConfigVerdict.Refused(found);
    }

    @Override
    public PutOutcome putJob(EnginePod pod, EngineJobDocument document) {
        call(pod, "put " + document.name() + " " + document.desiredState());
        FakePod fake = pod(pod.name());
        synchronized (fake) {
            EngineJobDocument before = fake.documents.get(document.name());
            if (before != null && before.sequence() > document.sequence()) {
                return new PutOutcome.Outdated("sequence " + before.sequence() + " is in force");
            }
            List<EngineJobStatus.Problem> problems = judge.apply(document.sql());
            fake.problems.put(document.name(), problems);
            fake.documents.put(document.name(), document);
            if (!problems.isEmpty()) {
                return new PutOutcome.SqlRefused(fake.status(document));
            }
            fake.running.put(document.name(), document);
            if (document.desiredState() == DesiredState.RUNNING) {
                fake.ran.add(document.name());
            }
            return new PutOutcome.InForce(fake.status(document));
        }
    }

    @Override
    public void deleteJob(EnginePod pod, String job) {
        call(pod, "delete " + job);
        FakePod fake = pod(pod.name());
        synchronized (fake) {
            fake.documents.remove(job);
            fake.running.remove(job);
            fake.ran.remove(job);
        }
    }

    @Override
    public void drain(EnginePod pod, Duration timeout) {
        call(pod, "drain");
        FakePod fake = pod(pod.name());
        synchronized (fake) {
            fake.state = holdDrains ? EngineProcessing.State.DRAINING : EngineProcessing.State.DRAINED;
        }
    }

    @Override
    public void restart(EnginePod pod, String idempotencyKey) {
        call(pod, "restart " + idempotencyKey);
        FakePod fake = pod(pod.name());
        synchronized (fake) {
            fake.state = EngineProcessing.State.RUNNING;
            fake.lastRestart = idempotencyKey;
        }
    }

    @Override
    public void maintenance(EnginePod pod, boolean enabled) {
        call(pod, enabled ? "maintenance on" : "maintenance off");
        pod(pod.name()).maintenance = enabled;
    }

    private FakePod pod(String name) {
        return pods.computeIfAbsent(name, ignored -> new FakePod());
    }

    private void call(EnginePod pod, String what) {
        String line = pod.name() + " " + what;
        hooks.forEach(hook -> hook.accept(line));
        check(pod);
        calls.add(line);
    }

    private void check(EnginePod pod) {
        if (!namespace.isEmpty() && !namespace.equals(pod.namespace())) {
            throw new EngineException(EngineException.Kind.NOT_CONNECTED, pod.name() + " is another test's");
        }
        EngineException failure = failures.get(pod.name());
        if (failure != null) {
            throw failure;
        }
    }

    /** One pod. */
    private final class FakePod {
        private final Map<String, EngineJobDocument> documents = new TreeMap<>();
        private final Map<String, EngineJobDocument> running = new TreeMap<>();
        private final Map<String, List<EngineJobStatus.Problem>> problems = new TreeMap<>();
        /** Jobs that have something to drain. */
        private final Set<String> ran = ConcurrentHashMap.newKeySet();

        private EngineProcessing.State state = EngineProcessing.State.RUNNING;
        private volatile boolean maintenance;
        private String lastRestart;

        synchronized void finishDrain() {
            if (state == EngineProcessing.State.DRAINING) {
                state = EngineProcessing.State.DRAINED;
            }
        }

        EngineJobStatus status(EngineJobDocument document) {
            EngineJobDocument good = running.get(document.name());
            State jobState = good == null ? State.INVALID : state(document);
            return EngineStatuses.job(document.name(), document.uid())
                    .generation(document.generation(), good == null ? 0 : good.generation())
                    .sequence(document.sequence())
                    .state(jobState)
                    .problems(problems.getOrDefault(document.name(), List.of()))
                    .build();
        }

        private State state(EngineJobDocument document) {
            boolean held = holdDrains && ran.contains(document.name());
            if (state != EngineProcessing.State.RUNNING) {
                return state == EngineProcessing.State.DRAINED ? State.DRAINED : State.DRAINING;
            }
            return switch (document.desiredState()) {
                case RUNNING -> runs.apply(document);
                case SUSPENDED -> State.SUSPENDED;
                case DRAINED -> held ? State.DRAINING : State.DRAINED;
                case STOPPED -> held ? State.DRAINING : State.STOPPED;
            };
        }
    }

    /** Calls whose line holds a text. */
    public List<String> callsWith(String text) {
        return new ArrayList<>(
                calls.stream().filter(line -> line.contains(text)).toList());
    }
}
