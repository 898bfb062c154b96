package io.velostream.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThreadSpreadTest {

    @Test
    void spreadsTheParallelismWithTheRestOnTheFirstPods() {
        JobDocument document = TestDocuments.job("j").replicas(3).parallelism(8).build();

        assertThat(spread(document, 3)).containsExactly(3, 3, 2);
    }

    @Test
    void leavesPodsIdleWhenThereIsLessToDoThanPods() {
        JobDocument document = TestDocuments.job("j").replicas(3).parallelism(2).build();

        assertThat(spread(document, 3)).containsExactly(1, 1, 0);
    }

    @Test
    void doesNotCountDrainedPods() {
        JobDocument document = TestDocuments.job("j")
                .replicas(3)
                .drainedOrdinals(1)
                .parallelism(4)
                .build();

        assertThat(spread(document, 3)).containsExactly(2, 0, 2);
    }

    @Test
    void aPodBeyondTheReplicasCountsAsSoonAsItIsThere() {
        JobDocument document = TestDocuments.job("j").replicas(2).parallelism(6).build();

        assertThat(ThreadSpread.threads(document, 2, 8, 100)).isEqualTo(2);
    }

    @Test
    void withoutANumberEachPodTakesItsShareOfTheTasksUpToItsOwnLimit() {
        JobDocument document =
                TestDocuments.job("j").replicas(3).parallelismOfThePods().build();

        assertThat(ThreadSpread.threads(document, 0, 8, 12)).isEqualTo(4);
        assertThat(ThreadSpread.threads(document, 0, 2, 12)).isEqualTo(2);
        assertThat(ThreadSpread.threads(document, 2, 8, 1)).isEqualTo(1);
    }

    @Test
    void neverRunsMoreThreadsThanTasks() {
        JobDocument document =
                TestDocuments.job("j").replicas(1).parallelism(50).build();

        assertThat(ThreadSpread.threads(document, 0, 8, 4)).isEqualTo(4);
    }

    private static int[] spread(JobDocument document, int pods) {
        return IntStream.range(0, pods)
                .map(ordinal -> ThreadSpread.threads(document, ordinal, 8, 100))
                .toArray();
    }
}
