package io.velostream.operator.job;

import io.velostream.operator.engine.EngineException;
import io.velostream.operator.engine.EngineJobDocument;
import io.velostream.operator.engine.EnginePod;
import io.velostream.operator.engine.EnginePods;
import io.velostream.operator.engine.PodObserver;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives documents to pods, to all of them at once; a pod that fails is seen to lack the document in the next pass. */
final class JobActor {

    private static final Logger LOG = LoggerFactory.getLogger(JobActor.class);

    private final EnginePods engine;
    private final PodObserver observer;

    JobActor(EnginePods engine, PodObserver observer) {
        this.engine = engine;
        this.observer = observer;
    }

    /** Puts a document to every pod. */
    void push(EngineJobDocument document, List<EnginePod> pods) {
        everywhere(pods, pod -> engine.putJob(pod, document), document.name());
    }

    /** Removes a job from every pod. */
    void delete(String job, List<EnginePod> pods) {
        everywhere(pods, pod -> engine.deleteJob(pod, job), job);
    }

    private void everywhere(List<EnginePod> pods, java.util.function.Consumer<EnginePod> call, String job) {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (EnginePod pod : pods) {
                executor.execute(() -> {
                    try {
                        call.accept(pod);
                    } catch (EngineException e) {
                        LOG.warn("Job {}: {}", job, e.getMessage());
                    } finally {
                        observer.invalidate(pod);
                    }
                });
            }
        }
    }
}
