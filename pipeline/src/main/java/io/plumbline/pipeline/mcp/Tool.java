package io.plumbline.pipeline.mcp;

import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.plumbline.config.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One tool: what a model is told of it, and what it does. Answers are one JSON text; errors say what to do next.
 *
 * <p>Threads: a tool may be called from several at once.
 */
final class Tool {
    private static final Logger LOG = LoggerFactory.getLogger(Tool.class);

    private final String name;
    private final String description;
    private final boolean readOnly;
    private final Map<String, Object> properties = new LinkedHashMap<>();
    private final List<String> required = new ArrayList<>();

    /** What a call does. */
    interface Work {
        Map<String, Object> answer(Values arguments) throws InterruptedException;
    }

    private Tool(String name, String description, boolean readOnly) {
        this.name = name;
        this.description = description;
        this.readOnly = readOnly;
    }

    /** One that changes nothing. */
    static Tool reading(String name, String description) {
        return new Tool(name, description, true);
    }

    static Tool changing(String name, String description) {
        return new Tool(name, description, false);
    }

    Tool needs(String argument, String description) {
        required.add(argument);
        return takes(argument, description);
    }

    Tool takes(String argument, String description) {
        return argument(argument, Map.of("type", "string", "description", description));
    }

    Tool takesOneOf(String argument, List<String> words, String description) {
        required.add(argument);
        return argument(argument, Map.of("type", "string", "enum", words, "description", description));
    }

    Tool takesNumber(String argument, int min, int max, String description) {
        return argument(
                argument, Map.of("type", "integer", "minimum", min, "maximum", max, "description", description));
    }

    /** An object of texts. */
    Tool takesTexts(String argument, String description) {
        return argument(
                argument,
                Map.of("type", "object", "additionalProperties", Map.of("type", "string"), "description", description));
    }

    private Tool argument(String argument, Map<String, Object> schema) {
        properties.put(argument, schema);
        return this;
    }

    SyncToolSpecification does(Work work) {
        Map<String, Object> schema =
                Map.of("type", "object", "properties", properties, "required", required, "additionalProperties", false);
        McpSchema.Tool tool = McpSchema.Tool.builder(name, schema)
                .description(description)
                .annotations(McpSchema.ToolAnnotations.builder()
                        .readOnlyHint(readOnly)
                        .destructiveHint(false)
                        .openWorldHint(false)
                        .build())
                .build();
        return SyncToolSpecification.builder()
                .tool(tool)
                .callHandler((exchange, request) -> call(work, Values.of(request.arguments())))
                .build();
    }

    private CallToolResult call(Work work, Values arguments) {
        try {
            return result(Json.write(Visible.of(work.answer(arguments))), false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return result("the session is ending", true);
        } catch (ControlApi.Refused e) {
            return result(Visible.text(e.getMessage()), true);
        } catch (RuntimeException e) {
            LOG.error("a defect of the tool {}", name, e);
            return result("a defect of Plumbline, not of your call: " + e + "; go on without this tool", true);
        }
    }

    private static CallToolResult result(String text, boolean isError) {
        return CallToolResult.builder().addTextContent(text).isError(isError).build();
    }
}
