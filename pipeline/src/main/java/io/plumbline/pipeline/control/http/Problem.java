package io.plumbline.pipeline.control.http;

import io.plumbline.config.text.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request that can't be served, with one sentence that says what to do (RFC 9457, application/problem+json). */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int line;
    private final int column;

    private Problem(int status, String detail, int line, int column) {
        super(detail, null, false, false);
        this.status = status;
        this.line = line;
        this.column = column;
    }

    public static Problem badRequest(String detail) {
        return new Problem(400, detail, 0, 0);
    }

    public static Problem unauthorized(String detail) {
        return new Problem(401, detail, 0, 0);
    }

    public static Problem forbidden(String detail) {
        return new Problem(403, detail, 0, 0);
    }

    public static Problem notFound(String detail) {
        return new Problem(404, detail, 0, 0);
    }

    public static Problem conflict(String detail) {
        return new Problem(409, detail, 0, 0);
    }

    public static Problem timedOut(String detail) {
        return new Problem(408, detail, 0, 0);
    }

    public static Problem tooLarge(String detail) {
        return new Problem(413, detail, 0, 0);
    }

    public static Problem unavailable(String detail) {
        return new Problem(503, detail, 0, 0);
    }

    public static Problem internal(String detail) {
        return new Problem(500, detail, 0, 0);
    }

    public static Problem of(InvalidInputException e) {
        return new Problem(422, e.problem(), e.place().line(), e.place().column());
    }

    public int status() {
        return status;
    }

    public Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("status", status);
        map.put("detail", getMessage());
        if (line > 0) {
            map.put("line", line);
        }
        if (column > 0) {
            map.put("column", column);
        }
        return map;
    }
}
