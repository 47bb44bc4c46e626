package io.plumbline.pipeline.control.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.http.Problem;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who a bearer token of the provider is from. Takes what the provider signed with a key pair (never HMAC, never unsigned), for
 * our audience, while it is good.
 *
 * <p>Threads: requests; one may wait for the provider's keys.
 */
public final class OidcTokens {
    private static final Logger LOG = LoggerFactory.getLogger(OidcTokens.class);
    private static final int MAX_CHARS = 16 << 10;
    private static final int MAX_NAME_CHARS = 100;
    private static final int SKEW_SECONDS = 60;
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final OidcSettings settings;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /** Asks nothing of the provider before the first token. */
    public OidcTokens(OidcSettings settings) {
        this.settings = settings;
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new ProviderKeys(settings.issuer())));
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                settings.audience(),
                new JWTClaimsSet.Builder().issuer(settings.issuer().toString()).build(),
                Set.of("sub", "exp", "aud"));
        claims.setMaxClockSkew(SKEW_SECONDS);
        processor.setJWTClaimsSetVerifier(claims);
    }

    /** Whether a bearer token has the form of a provider's: three parts. Ours have no dots. */
    public static boolean looksLike(String bearer) {
        return bearer.indexOf('.') >= 0;
    }

    /**
     * Whose it is.
     *
     * @throws Problem when it is not good, or its groups may do nothing here
     */
    public Caller caller(String bearer) {
        JWTClaimsSet claims = claims(bearer);
        String name = name(claims);
        List<String> groups = groups(claims);
        OidcGrant grant = settings.grants().stream()
                .filter(each -> each.isFor(groups))
                .findFirst()
                .orElseThrow(() -> Problem.forbidden(
                        "'" + name + "' is in no group that may do anything here (" + settings.groupsClaim() + ": "
                                + groups + "); an admin grants it with control.oidc.grant.NAME"));
        return new Caller(name, grant.role(), grant.bounds());
    }

    private JWTClaimsSet claims(String bearer) {
        if (bearer.length() > MAX_CHARS) {
            throw refused("it is longer than " + MAX_CHARS + " characters");
        }
        try {
            JWT token = JWTParser.parse(bearer);
            requireWorthAKey(token);
            return processor.process(token, null);
        } catch (ParseException e) {
            throw refused("it is no JSON Web Token");
        } catch (RateLimitReachedException e) {
            throw refused("its key is unknown");
        } catch (KeySourceException e) {
            LOG.warn("the keys of {} can't be read: {}", settings.issuer(), e.getMessage());
            throw Problem.unavailable(
                    "the OpenID provider's keys can't be read now; try again, or use a token of ours");
        } catch (BadJOSEException | JOSEException e) {
            throw refused(e.getMessage());
        }
    }

    /** What is wrong by its own words is refused before anything is asked of the provider. */
    private void requireWorthAKey(JWT token) throws ParseException {
        if (!(token instanceof SignedJWT signed)
                || !ALGORITHMS.contains(signed.getHeader().getAlgorithm())) {
            throw refused("its algorithm " + token.getHeader().getAlgorithm() + " is not taken");
        }
        if (!settings.issuer().toString().equals(token.getJWTClaimsSet().getIssuer())) {
            throw refused("its issuer is not " + settings.issuer());
        }
    }

    private static Problem refused(String why) {
        return Problem.unauthorized("the provider's token is not taken: " + why + "; get another with plumb login");
    }

    /** Never what a token of ours could be called. */
    private String name(JWTClaimsSet claims) {
        Object name = claims.getClaim(settings.nameClaim());
        if (!(name instanceof String text) || text.isBlank() || text.length() > MAX_NAME_CHARS) {
            throw refused("it has no claim " + settings.nameClaim() + " of up to " + MAX_NAME_CHARS + " characters");
        }
        return "oidc:" + text;
    }

    private List<String> groups(JWTClaimsSet claims) {
        Object found = claims.getClaims();
        for (String step : settings.groupsClaim().split("\\.", -1)) {
            found = found instanceof Map<?, ?> map ? map.get(step) : null;
        }
        List<String> groups = new ArrayList<>();
        if (found instanceof Collection<?> many) {
            many.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .forEach(groups::add);
        } else if (found instanceof String one) {
            groups.addAll(List.of(one.split(" ")));
        }
        return groups;
    }
}
