package io.plumbline.exporters.elasticsearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.plumbline.exporters.http.Answer;
import io.plumbline.exporters.http.HttpSender;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The index template, put before the first batch. One that is there already is left alone unless its version is lower
 * than ours, so whoever changes it gives it a higher version.
 *
 * <p>Thread-safe: the first caller asks, others wait for its answer.
 */
final class IndexTemplate {

    /** Raise it with every change of index-template.json. */
    static final int VERSION = 1;

    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] NO_BODY = {};

    private final ElasticsearchSettings settings;
    private final HttpSender client;
    private boolean ready;

    IndexTemplate(ElasticsearchSettings settings, HttpSender client) {
        this.settings = settings;
        this.client = client;
        this.ready = !settings.manageTemplate();
    }

    /** Sees to it that the template is there; asks the backend only until that has succeeded once. */
    synchronized void ensure() throws IOException, RefusedException, InterruptedException {
        if (ready) {
            return;
        }
        Product product = Product.of(success(client.send("GET", "/", "", NO_BODY)));
        if (installedVersion() < VERSION) {
            success(client.send("PUT", path(), "application/json", json(product)));
        }
        ready = true;
    }

    String name() {
        return "plumbline-logs-" + settings.dataset();
    }

    private String path() {
        return "/_index_template/" + name();
    }

    /** -1 if there is none. */
    private int installedVersion() throws IOException, RefusedException, InterruptedException {
        Answer answer = client.send("GET", path() + "?filter_path=index_templates.index_template.version", "", NO_BODY);
        if (answer.status() == 404) {
            return -1;
        }
        try (JsonParser parser = JSON.createParser(success(answer).body())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_NUMBER_INT) {
                    return parser.getIntValue();
                }
            }
        }
        return 0;
    }

    private byte[] json(Product product) {
        return template()
                .replace("${pattern}", "logs-" + settings.dataset() + "-*")
                .replace("\"${version}\"", Integer.toString(VERSION))
                .replace("\"${values}\"", product.values())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Answer success(Answer answer) throws RefusedException {
        if (!answer.isSuccess()) {
            throw new RefusedException(answer);
        }
        return answer;
    }

    private static String template() {
        try (InputStream in = IndexTemplate.class.getResourceAsStream("index-template.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("index-template.json is missing in the jar", e);
        }
    }
}
