package io.velostream.engine.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeQueueTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 100, 1_000_000})
    void givesTheEarliestFirstWhateverCameBetween(long stretch) {
        Random random = new Random(stretch);
        long[] times = new long[40_000];
        TimeQueue queue = new TimeQueue(stretch, row -> times[row]);
        PriorityQueue<Long> expected = new PriorityQueue<>();
        for (int row = 0; row < times.length; row++) {
            // Time goes on with disorder; some rows are far behind or ahead, also before 1970.
            times[row] = row / 10 - 500 + random.nextInt(200) + (row % 97 == 0 ? -3_000 : row % 89 == 0 ? 5_000 : 0);
            queue.add(row);
            expected.add(times[row]);
            for (int n = random.nextInt(3); n > 0 && !expected.isEmpty(); n--) {
                assertThat(times[queue.first()]).isEqualTo(expected.poll());
                queue.removeFirst();
            }
            assertThat(queue.size()).isEqualTo(expected.size());
        }

        while (!expected.isEmpty()) {
            assertThat(times[queue.first()]).isEqualTo(expected.poll());
            queue.removeFirst();
        }
        assertThat(queue.isEmpty()).isTrue();
    }
}
