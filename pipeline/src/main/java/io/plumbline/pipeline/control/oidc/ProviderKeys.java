package io.plumbline.pipeline.control.oidc;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import io.plumbline.config.text.Fields;
import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.text.NodeReader;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The provider's public keys. Where they are is asked once, with the first token; the keys are fetched when they are old or one is unknown, at
 * most twice in {@link #PAUSE}, whatever tokens come.
 *
 * <p>Threads: any; one fetches, the others wait for it.
 */
final class ProviderKeys implements JWKSource<SecurityContext> {
    static final Duration PAUSE = Duration.ofSeconds(30);

    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final Duration OUTAGE = Duration.ofHours(4);
    private static final Duration FETCH = Duration.ofSeconds(10);
    private static final int CONNECT_MILLIS = 3_000;
    private static final int READ_MILLIS = 5_000;
    private static final int MAX_BYTES = 256 << 10;

    private final URI issuer;
    private final DefaultResourceRetriever http = new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MAX_BYTES);
    private final Object lock = new Object();
    /** Null before it was found. Guarded by the lock. */
    private JWKSource<SecurityContext> source;

    private long failedNanos;
    /** Why it was not found; null before a try. Guarded by the lock. */
    private KeySourceException failure;

    ProviderKeys(URI issuer) {
        this.issuer = issuer;
    }

    @Override
    public List<JWK> get(JWKSelector selector, SecurityContext context) throws KeySourceException {
        return source().get(selector, context);
    }

    private JWKSource<SecurityContext> source() throws KeySourceException {
        synchronized (lock) {
            if (source == null) {
                if (failure != null && System.nanoTime() - failedNanos < PAUSE.toNanos() / 2) {
                    throw failure;
                }
                source = discovered();
            }
            return source;
        }
    }

    private JWKSource<SecurityContext> discovered() throws KeySourceException {
        String address = issuer.toString().replaceAll("/$", "") + DISCOVERY;
        try {
            String json = http.retrieveResource(URI.create(address).toURL()).getContent();
            Fields fields = Fields.free(NodeReader.json(json, address), "the provider's description");
            if (!fields.requiredText("issuer").equals(issuer.toString())) {
                throw new IllegalArgumentException("it calls itself " + fields.requiredText("issuer")
                        + "; control.oidc.issuer has to be the same");
            }
            URI keys = OidcSettings.secure("its jwks_uri", fields.requiredText("jwks_uri"));
            return JWKSourceBuilder.create(keys.toURL(), http)
                    .cache(LIFE.toMillis(), FETCH.toMillis())
                    .rateLimited(PAUSE.toMillis())
                    .outageTolerant(OUTAGE.toMillis())
                    .build();
        } catch (IOException | InvalidInputException | IllegalArgumentException e) {
            failedNanos = System.nanoTime();
            failure = new KeySourceException(address + " does not answer as it should: " + e.getMessage(), e);
            throw failure;
        }
    }
}
