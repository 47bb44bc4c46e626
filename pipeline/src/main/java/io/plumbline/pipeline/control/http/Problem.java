package io.plumbline.pipeline.control.http;

import io.plumbline.config.text.InvalidInputException;
import io.undertow.util.StatusCodes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request that can't be served, as RFC 9457 has it (application/problem+json). The detail is one sentence that says what is wrong and,
 * behind its last semicolon, what to do.
 *
 * <p>Of a type of its own are those that a program may want to tell from others of the same status; the others are {@code about:blank}.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final String NO_TYPE = "about:blank";
    private static final String TYPES = "urn:plumbline:problem:";
    private static final String BEFORE_REMEDY = "; ";

    private final int status;
    private final String type;
    private final String title;
    /** What the problem says beside the members that every one has, by name. */
    private final transient Map<String, Object> more;

    private Problem(int status, String type, String title, String detail, Map<String, Object> more) {
        super(detail, null, false, false);
        this.status = status;
        this.type = type;
        this.title = title;
        this.more = more;
    }

    private Problem(int status, String detail) {
        this(status, NO_TYPE, StatusCodes.getReason(status), detail, Map.of());
    }

    public static Problem badRequest(String detail) {
        return new Problem(400, detail);
    }

    /** @param field what is wrong: a parameter of the query, or a field of the body */
    public static Problem badRequest(String field, String detail) {
        return badRequest(detail).with("field", field);
    }

    public static Problem unauthorized(String detail) {
        return new Problem(401, detail);
    }

    public static Problem forbidden(String detail) {
        return new Problem(403, detail);
    }

    public static Problem notFound(String detail) {
        return new Problem(404, detail);
    }

    public static Problem notAllowed(String detail) {
        return new Problem(405, detail);
    }

    public static Problem conflict(String detail) {
        return new Problem(409, detail);
    }

    /** What is there is not what the caller took for it. */
    public static Problem changed(String detail) {
        return new Problem(412, TYPES + "changed-meanwhile", "It has changed meanwhile", detail, Map.of());
    }

    public static Problem timedOut(String detail) {
        return new Problem(408, detail);
    }

    public static Problem tooLarge(String detail) {
        return new Problem(413, detail);
    }

    public static Problem unavailable(String detail) {
        return new Problem(503, detail);
    }

    public static Problem internal(String detail) {
        return new Problem(500, detail);
    }

    public static Problem of(InvalidInputException e) {
        Map<String, Object> where = new LinkedHashMap<>();
        where.put("field", e.place().field());
        where.put("line", e.place().line());
        where.put("column", e.place().column());
        where.values().removeIf(value -> value.equals("") || value.equals(0));
        return new Problem(422, TYPES + "invalid-input", "The input can't be used", e.problem(), where);
    }

    /** The same, saying one thing more. */
    public Problem with(String name, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(more);
        all.put(name, value);
        return new Problem(status, type, title, getMessage(), all);
    }

    public int status() {
        return status;
    }

    /** At the end where there is none: where the last part only repeats what was given, "this is none: x". */
    private int remedyStart() {
        int last = getMessage().lastIndexOf(BEFORE_REMEDY);
        int start = last + BEFORE_REMEDY.length();
        return last < 0 || getMessage().startsWith("this ", start)
                ? getMessage().length()
                : start;
    }

    public Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", type);
        map.put("title", title);
        map.put("status", status);
        map.put("detail", getMessage());
        String remedy = getMessage().substring(remedyStart());
        if (!remedy.isEmpty()) {
            map.put("remedy", remedy);
        }
        map.putAll(more);
        return map;
    }
}
