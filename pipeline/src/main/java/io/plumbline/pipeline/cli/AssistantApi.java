package io.plumbline.pipeline.cli;

import io.plumbline.pipeline.mcp.ControlApi;
import java.util.function.Supplier;

/** The client of every command, as the MCP server sees it. Threads: any. */
final class AssistantApi implements ControlApi {
    private final ApiClient client;

    AssistantApi(ApiClient client) {
        this.client = client;
    }

    @Override
    public String get(String path) {
        return told(() -> client.get(path));
    }

    @Override
    public String post(String path, String body) {
        return told(() -> client.post(path, body));
    }

    @Override
    public String delete(String path) {
        return told(() -> client.delete(path));
    }

    @Override
    public String url() {
        return client.url();
    }

    private static String told(Supplier<String> request) {
        try {
            return request.get();
        } catch (Failure e) {
            throw new Refused(e.getMessage());
        } catch (ApiClient.InvalidRequest e) {
            String column = e.column() > 0 ? " (column " + e.column() + ")" : "";
            throw new Refused(e.getMessage() + column);
        }
    }
}
