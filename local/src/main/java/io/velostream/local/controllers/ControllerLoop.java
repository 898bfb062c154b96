package io.velostream.local.controllers;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a controller when something changed and at least once a period, on one thread; an error delays it and no more. */
final class ControllerLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerLoop.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration AFTER_ERROR = Duration.ofMillis(200);
    private static final Duration END_WITHIN = Duration.ofSeconds(5);

    private final String name;
    private final Runnable pass;
    private final Semaphore changed = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    ControllerLoop(String name, Runnable pass) {
        this.name = name;
        this.pass = pass;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Something changed; any number of calls before the next pass lead to one pass. */
    void trigger() {
        changed.release();
    }

    private void run() {
        while (!closed) {
            try {
                pass.run();
                if (changed.tryAcquire(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                    changed.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                report(e);
                changed.release();
                pause();
            }
        }
    }

    /** A conflict or an API that is away is everyday business; anything else is worth a look. */
    private void report(RuntimeException e) {
        if (closed || e instanceof KubernetesClientException) {
            LOG.debug("{} tries again: {}", name, e.getMessage());
        } else {
            LOG.warn("{} goes on after an error", name, e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(AFTER_ERROR);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            if (!thread.join(END_WITHIN)) {
                LOG.warn("{} did not end within {} s", name, END_WITHIN.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
