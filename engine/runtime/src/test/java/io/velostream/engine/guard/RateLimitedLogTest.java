package io.velostream.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class RateLimitedLogTest {

    private final List<String> lines = new ArrayList<>();
    private final AtomicLong now = new AtomicLong(1_000_000);
    private final RateLimitedLog log = new RateLimitedLog(recording(), () -> Instant.ofEpochMilli(now.get()));

    @Test
    void writesTheFirstOfAKindAtOnceAndThenOneLineAnInterval() {
        for (int i = 0; i < 1_000; i++) {
            log.warn("a", "bad record");
        }
        assertThat(lines).hasSize(1);

        now.addAndGet(10_000);
        log.warn("a", "bad record");

        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).contains("999");
    }

    @Test
    void limitsEachKindByItself() {
        log.warn("a", "one");
        log.warn("b", "two");

        assertThat(lines).hasSize(2);
    }

    private Logger recording() {
        return (Logger) Proxy.newProxyInstance(
                Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("warn")) {
                        lines.add(Arrays.deepToString(arguments));
                    }
                    return null;
                });
    }
}
