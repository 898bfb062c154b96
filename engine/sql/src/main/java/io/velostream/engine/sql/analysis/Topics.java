package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.Location;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which topic an object stands for. */
final class Topics {

    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private final Problems problems;
    private final boolean implicit;

    /**
     * For one text.
     *
     * @param implicit whether an object without a topic entry is the topic of its own name
     */
    Topics(Problems problems, boolean implicit) {
        this.problems = problems;
        this.implicit = implicit;
    }

    /** The topic that a source reads. */
    String ofSource(String name, Location location, PropertySet properties) {
        Optional<PropertySet.Entry> entry = properties.entry(PropertyKey.TOPIC);
        if (FormatReader.isFile(properties)) {
            if (!implicit) {
                problems.add(
                        ProblemCode.NOT_SUPPORTED,
                        properties.entry(PropertyKey.TYPE).orElseThrow().location(),
                        "a job reads no files yet in this version",
                        "velo test does; copy the files into a topic for a job");
            }
            return name;
        }
        if (entry.isEmpty() && !implicit) {
            problems.add(
                    ProblemCode.MISSING_PROPERTY,
                    location,
                    "the source `" + name + "` has no topic",
                    "declare it with CREATE STREAM " + name + " (columns) WITH ('topic' = '…'), or add '" + name
                            + ".topic' = '…' to this statement's WITH");
            return name;
        }
        return legal(entry, name, location);
    }

    /** The topic that a query writes: its own name unless an entry says other. */
    String ofSink(String name, Location location, PropertySet properties) {
        return legal(properties.entry(PropertyKey.TOPIC), name, location);
    }

    static boolean isLegal(String topic) {
        return LEGAL.matcher(topic).matches() && !topic.equals(".") && !topic.equals("..");
    }

    private String legal(Optional<PropertySet.Entry> entry, String name, Location location) {
        String topic = entry.map(PropertySet.Entry::value).orElse(name);
        if (!isLegal(topic)) {
            problems.add(
                    ProblemCode.BAD_PROPERTY_VALUE,
                    entry.map(PropertySet.Entry::location).orElse(location),
                    "'" + topic + "' cannot be the name of a topic",
                    "a topic's name has 1 to 249 letters, digits, dots, dashes and underscores");
        }
        return topic;
    }
}
