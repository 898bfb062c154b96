package io.velostream.engine.breaker;

import io.smallrye.faulttolerance.core.timer.Timer;
import io.smallrye.faulttolerance.core.timer.TimerTask;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** The library's timer without a thread: what is due by the clock runs when {@link #runDue} is called. */
final class ClockTimer implements Timer {

    private static final class Task implements TimerTask {
        private final long due;
        private final Runnable action;
        private boolean done;

        Task(long due, Runnable action) {
            this.due = due;
            this.action = action;
        }

        @Override
        public boolean isDone() {
            return done;
        }

        @Override
        public boolean cancel() {
            boolean cancelled = !done;
            done = true;
            return cancelled;
        }
    }

    private final InstantSource clock;
    private final List<Task> tasks = new ArrayList<>();

    ClockTimer(InstantSource clock) {
        this.clock = clock;
    }

    void runDue() {
        if (tasks.isEmpty()) {
            return;
        }
        long now = clock.millis();
        for (Task task : List.copyOf(tasks)) {
            if (!task.done && task.due <= now) {
                task.done = true;
                task.action.run();
            }
        }
        tasks.removeIf(Task::isDone);
    }

    @Override
    public int getId() {
        return 0;
    }

    @Override
    public TimerTask schedule(long delayInMillis, Runnable action) {
        Task task = new Task(clock.millis() + delayInMillis, action);
        tasks.add(task);
        return task;
    }

    @Override
    public TimerTask schedule(long delayInMillis, Runnable action, Executor executor) {
        return schedule(delayInMillis, () -> executor.execute(action));
    }

    @Override
    public int countScheduledTasks() {
        return tasks.size();
    }

    @Override
    public void shutdown() {
        tasks.clear();
    }
}
