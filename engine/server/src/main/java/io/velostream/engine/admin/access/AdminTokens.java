package io.velostream.engine.admin.access;

import io.quarkus.runtime.StartupEvent;
import io.velostream.engine.pod.PodEnvironment;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens of the mounted Secret: {@code token}, {@code previous-token} during a rotation, and {@code readonly-token}.
 * They are read again every second, as the mounted files change under a running pod. Without a file nobody is let in.
 */
@Singleton
public class AdminTokens {

    private static final Logger LOG = LoggerFactory.getLogger(AdminTokens.class);
    private static final int LONGEST = 4096;

    private final Optional<Path> tokenFile;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("admin-tokens").factory());
    private volatile List<Entry> entries = List.of();
    private volatile boolean warned;

    /** A token by its digest: all are of one length, so a comparison tells nothing about the token's. */
    private record Entry(byte[] digest, Access access) {}

    AdminTokens(PodEnvironment environment) {
        this.tokenFile = environment.adminTokenFile();
    }

    void start(@Observes StartupEvent started) {
        refresh();
        var _ = scheduler.scheduleWithFixedDelay(this::refresh, 1, 1, TimeUnit.SECONDS);
    }

    /** Reads the files now. */
    void refresh() {
        List<Entry> read = new ArrayList<>();
        tokenFile.ifPresent(file -> {
            token(file).ifPresent(token -> read.add(new Entry(digest(token), Access.FULL)));
            token(file.resolveSibling("previous-token"))
                    .ifPresent(token -> read.add(new Entry(digest(token), Access.FULL)));
            token(file.resolveSibling("readonly-token"))
                    .ifPresent(token -> read.add(new Entry(digest(token), Access.READ_ONLY)));
        });
        if (read.stream().noneMatch(entry -> entry.access() == Access.FULL) && !warned) {
            LOG.warn(
                    "The admin API refuses everybody: {}",
                    tokenFile
                            .map(file -> file + " holds no token")
                            .orElse("VELO_ADMIN_TOKEN_FILE names no file with a token"));
            warned = true;
        } else if (!read.isEmpty()) {
            warned = false;
        }
        entries = List.copyOf(read);
    }

    /** What a token allows. Takes the same time whichever token it is or is not. */
    public Access accessOf(String token) {
        byte[] presented = digest(token);
        Access access = Access.NONE;
        for (Entry entry : entries) {
            if (MessageDigest.isEqual(entry.digest(), presented) && access != Access.FULL) {
                access = entry.access();
            }
        }
        return access;
    }

    private static Optional<String> token(Path file) {
        try {
            if (Files.size(file) > LONGEST) {
                LOG.warn("{} is not a token: it is longer than {} bytes", file, LONGEST);
                return Optional.empty();
            }
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip())
                    .filter(token -> !token.isEmpty());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("The token in {} cannot be read: {}", file, e.toString());
            return Optional.empty();
        }
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @PreDestroy
    void stop() {
        scheduler.shutdownNow();
    }
}
