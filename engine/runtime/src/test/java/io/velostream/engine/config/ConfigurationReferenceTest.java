package io.velostream.engine.config;

import io.velostream.engine.reference.CheckedInPage;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Writes the reference page of velostream.yaml from the catalogue of keys. */
class ConfigurationReferenceTest {

    @Test
    void pageIsCurrent() throws IOException {
        CheckedInPage.isCurrent("configuration.md", page());
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Configuration

                Generated from the engine; change it there.

                One file, `velostream.yaml`, configures a pod. `velostream --config-check FILE` says everything that is wrong with it,
                one `file:line: key: what is wrong, what is allowed` a line. A key that is not in the tables is an error. A key without a
                default must be given. `GET /admin/config` shows what is in force, and its header `X-Config-Hash` is the SHA-256 of what is
                given (compact JSON with sorted keys, canonical spellings, without defaults), so that pods with the same file report the
                same hash.

                A pod reads the file when it starts and at `POST /admin/config/reload`; `PUT /admin/config` changes single keys until then
                (see [admin-api.md](admin-api.md#the-configuration-while-a-pod-runs)). The column *acts* says when a changed value takes
                effect: *at once*; *processing*: with `POST /admin/processing/restart`; *pod*: when the process starts anew.
                """);
        for (String section : ConfigCatalogue.sections()) {
            page.append("\n## ").append(section).append("\n\n");
            page.append("| key | default | allowed | acts | what it is |\n| --- | --- | --- | --- | --- |\n");
            ConfigCatalogue.ALL.stream()
                    .filter(key -> key.section().equals(section))
                    .forEach(key -> page.append(row(key)));
            ConfigCatalogue.ALL.forEach(key -> page.append(otherSpellings(key, section)));
            ConfigCatalogue.ALL.stream()
                    .filter(key -> key.section().equals(section))
                    .forEach(key -> page.append(managed(key)));
        }
        return page.append(
                        "\n¹ Accepted, checked and shown, but nothing in this version acts on it; the log says so at the start.\n")
                .toString();
    }

    private static String row(ConfigKey key) {
        return switch (key) {
            case ConfigKey.Scalar<?> scalar ->
                "| `%s` | %s | %s | %s | %s |\n"
                        .formatted(
                                key.name(),
                                scalar.fallback()
                                        .map(ConfigKey.Fallback::text)
                                        .map(text -> text.contains(" ") ? text : "`" + text + "`")
                                        .orElse(""),
                                scalar.type().allowed(),
                                acts(scalar.effect()),
                                key.description() + (scalar.effective() ? "" : " ¹"));
            case ConfigKey.ClientOptions options ->
                "| `%s` | `{}` | Kafka's own names and values | processing; how a connection is secured: pod | %s |\n"
                        .formatted(key.name(), options.description());
        };
    }

    private static String acts(ConfigEffect effect) {
        return switch (effect) {
            case AT_ONCE -> "at once";
            case PROCESSING_RESTART -> "processing";
            case POD_RESTART -> "pod";
            case NONE -> "";
        };
    }

    private static String otherSpellings(ConfigKey key, String section) {
        if (!(key instanceof ConfigKey.Scalar<?> scalar)) {
            return "";
        }
        return scalar.otherSpellings().stream()
                .filter(path -> path.startsWith(section + "."))
                .map(path -> "| `%s` | | | | The same as `%s`. |\n"
                        .formatted(path.substring(section.length() + 1), key.path()))
                .collect(Collectors.joining());
    }

    private static String managed(ConfigKey key) {
        return key instanceof ConfigKey.ClientOptions options
                ? "\nNot in `%s`, since the engine sets them itself: %s.\n"
                        .formatted(
                                key.path(),
                                options.managed().stream()
                                        .sorted()
                                        .map(option -> "`" + option + "`")
                                        .collect(Collectors.joining(", ")))
                : "";
    }
}
