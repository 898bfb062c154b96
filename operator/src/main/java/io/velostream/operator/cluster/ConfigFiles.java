package io.velostream.operator.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The configurations that pods may start with, by hash.
 *
 * @param wanted hash of what the spec asks for
 * @param lastGood hash of what every pod got ready with last
 * @param texts those of both, and of whatever the ConfigMap holds besides
 */
record ConfigFiles(String wanted, Optional<String> lastGood, Map<String, String> texts) {

    ConfigFiles {
        texts = Map.copyOf(texts);
    }

    String wantedText() {
        return texts.getOrDefault(wanted, "");
    }

    /**
     * What the ConfigMap shall hold: the wanted and the last good configuration, those that pods have, and for people the last good
     * one under the name that the engine knows.
     *
     * @param used hashes that pods started with
     */
    SortedMap<String, String> content(Set<String> used) {
        SortedMap<String, String> content = new TreeMap<>();
        texts.forEach((hash, text) -> {
            if (hash.equals(wanted) || lastGood.filter(hash::equals).isPresent() || used.contains(hash)) {
                content.put(EngineConfigFile.key(hash), text);
            }
        });
        content.put(EngineConfigFile.KEY, texts.getOrDefault(lastGood.orElse(wanted), wantedText()));
        return content;
    }

    /** The texts in a ConfigMap's files, by hash. */
    static Map<String, String> textsIn(Map<String, String> files) {
        Map<String, String> texts = new TreeMap<>();
        files.forEach((key, text) -> {
            if (key.startsWith("velostream-") && key.endsWith(".yaml")) {
                texts.put(key.substring("velostream-".length(), key.length() - ".yaml".length()), text);
            }
        });
        return texts;
    }
}
