package io.velostream.engine.sql.function;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Functions on URLs. Of a text that is no URL a part is NULL. */
public final class UrlFunctions {

    private UrlFunctions() {}

    private static <T> @Nullable T part(String url, Function<URI, @Nullable T> part) {
        try {
            return part.apply(new URI(url));
        } catch (URISyntaxException noUrl) {
            return null;
        }
    }

    @SqlFunction(
            name = "URL_EXTRACT_PROTOCOL",
            description = "The protocol of the URL.",
            examples = {"URL_EXTRACT_PROTOCOL('https://velo.io/a?b=c#d') = 'https'"})
    public static @Nullable String protocol(String url) {
        return part(url, URI::getScheme);
    }

    @SqlFunction(
            name = "URL_EXTRACT_HOST",
            description = "The host of the URL.",
            examples = {"URL_EXTRACT_HOST('https://velo.io:8080/a') = 'velo.io'", "URL_EXTRACT_HOST('%') = NULL"})
    public static @Nullable String host(String url) {
        return part(url, URI::getHost);
    }

    @SqlFunction(
            name = "URL_EXTRACT_PORT",
            description = "The port of the URL; NULL when it has none.",
            examples = {
                "URL_EXTRACT_PORT('https://velo.io:8080/a') = 8080",
                "URL_EXTRACT_PORT('https://velo.io') = NULL"
            })
    public static @Nullable Long port(String url) {
        return part(url, uri -> uri.getPort() < 0 ? null : (Long) (long) uri.getPort());
    }

    @SqlFunction(
            name = "URL_EXTRACT_PATH",
            description = "The path of the URL, decoded.",
            examples = {"URL_EXTRACT_PATH('https://velo.io/a%20b?c') = '/a b'"})
    public static @Nullable String path(String url) {
        return part(url, URI::getPath);
    }

    @SqlFunction(
            name = "URL_EXTRACT_QUERY",
            description = "The query of the URL, decoded; NULL when it has none.",
            examples = {"URL_EXTRACT_QUERY('https://velo.io/a?b=c&d=e') = 'b=c&d=e'"})
    public static @Nullable String query(String url) {
        return part(url, URI::getQuery);
    }

    @SqlFunction(
            name = "URL_EXTRACT_FRAGMENT",
            description = "The fragment of the URL, decoded; NULL when it has none.",
            examples = {"URL_EXTRACT_FRAGMENT('https://velo.io/a#top') = 'top'"})
    public static @Nullable String fragment(String url) {
        return part(url, URI::getFragment);
    }

    @SqlFunction(
            name = "URL_EXTRACT_PARAMETER",
            description = "The first value of a parameter of the URL's query, decoded; NULL when there is none.",
            examples = {
                "URL_EXTRACT_PARAMETER('https://velo.io/?q=a%26b&p=1', 'q') = 'a&b'",
                "URL_EXTRACT_PARAMETER('https://velo.io/?q=a', 'x') = NULL"
            })
    public static @Nullable String parameter(String url, String name) {
        String query = part(url, URI::getRawQuery);
        if (query == null) {
            return null;
        }
        for (String each : SplitFunctions.split(query, "&")) {
            int sign = each.indexOf('=');
            if (decode(sign < 0 ? each : each.substring(0, sign)).equals(name)) {
                return sign < 0 ? "" : decode(each.substring(sign + 1));
            }
        }
        return null;
    }

    @SqlFunction(
            name = "URL_ENCODE_PARAM",
            description = "The text as it can stand in a URL's parameter.",
            examples = {"URL_ENCODE_PARAM('a&b c') = 'a%26b+c'"})
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @SqlFunction(
            name = "URL_DECODE_PARAM",
            description = "The text that a URL's parameter stands for.",
            examples = {"URL_DECODE_PARAM('a%26b+c') = 'a&b c'"})
    public static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
