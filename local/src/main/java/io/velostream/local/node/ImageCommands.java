package io.velostream.local.node;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The images that a node can run. An exact name wins over the same repository with any tag. */
public final class ImageCommands {
    private final Map<String, ImageCommand> byName;

    private ImageCommands(Map<String, ImageCommand> byName) {
        this.byName = Map.copyOf(byName);
    }

    /** A node without images: every container waits in {@code ErrImagePull}. */
    public static ImageCommands none() {
        return new ImageCommands(Map.of());
    }

    /**
     * This table with one more image.
     *
     * @param image a full name with its tag or digest, or a repository alone, which then stands for all its tags
     */
    public ImageCommands with(String image, ImageCommand command) {
        Map<String, ImageCommand> all = new HashMap<>(byName);
        all.put(image, command);
        return new ImageCommands(all);
    }

    Optional<ImageCommand> find(String image) {
        return Optional.ofNullable(byName.get(image)).or(() -> Optional.ofNullable(byName.get(repository(image))));
    }

    Set<String> names() {
        return new TreeSet<>(byName.keySet());
    }

    /** The name without tag and digest; a colon before the last slash belongs to the registry's port. */
    static String repository(String image) {
        String withoutDigest = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
        int colon = withoutDigest.lastIndexOf(':');
        return colon > withoutDigest.lastIndexOf('/') ? withoutDigest.substring(0, colon) : withoutDigest;
    }
}
