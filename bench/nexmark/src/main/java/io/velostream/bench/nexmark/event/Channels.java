package io.velostream.bench.nexmark.event;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Where bids come from: four hot channels, and ten thousand others of which nine in ten name themselves in their URL. */
final class Channels {

    private static final int OTHERS = 10_000;
    private static final int HOT_RATIO = 2;
    private static final int NAMED_RATIO = 10;

    /** A channel and the URL that its bids carry. */
    record Channel(String name, String url) {}

    private final List<Channel> hot = new ArrayList<>();
    private final List<Channel> others = new ArrayList<>(OTHERS);

    Channels(SplittableRandom random) {
        for (String name : List.of("Google", "Facebook", "Baidu", "Apple")) {
            hot.add(new Channel(name, url(random)));
        }
        for (int i = 0; i < OTHERS; i++) {
            String id = random.nextInt(NAMED_RATIO) > 0 ? "&channel_id=" + Math.abs((long) Integer.reverse(i)) : "";
            others.add(new Channel("channel-" + i, url(random) + id));
        }
    }

    Channel next(SplittableRandom random) {
        List<Channel> from = random.nextInt(HOT_RATIO) > 0 ? hot : others;
        return from.get(random.nextInt(from.size()));
    }

    private static String url(SplittableRandom random) {
        return "https://www.nexmark.com/" + Words.word(random, 5, '_') + "/" + Words.word(random, 5, '_') + "/"
                + Words.word(random, 5, '_') + "/item.htm?query=1";
    }
}
