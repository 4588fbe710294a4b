-- What each kind of shopper likes: distinct shoppers of a product, at every level of what is known of them, in cohorts of 50 or more.
-- A cohort under the floor would be noise, and could give a person away. NULL means that this side of a cohort does not matter.
CREATE OR REPLACE VIEW aisle.cohort_popularity AS
WITH latest AS (
  SELECT user_id, age_bracket, location, device_type
  FROM aisle.user_attributes
  WHERE updated_at >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 400 DAY)
  QUALIFY ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY updated_at DESC) = 1
),
devices AS (
  SELECT user_id, device_type
  FROM aisle.interaction_events
  WHERE user_id IS NOT NULL AND device_type IS NOT NULL
  QUALIFY ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY event_timestamp DESC, event_id DESC) = 1
),
touched AS (
  SELECT DISTINCT user_id, product_id
  FROM aisle.interaction_events
  WHERE user_id IS NOT NULL AND product_id IS NOT NULL AND event_type IN ('purchase', 'add_to_cart', 'click', 'view')
),
shoppers AS (
  SELECT u.user_id, l.age_bracket AS age, l.location AS place, COALESCE(l.device_type, d.device_type) AS device
  FROM (SELECT DISTINCT user_id FROM touched) AS u
  LEFT JOIN latest AS l ON l.user_id = u.user_id
  LEFT JOIN devices AS d ON d.user_id = u.user_id
),
members AS (
  SELECT DISTINCT s.user_id, level.age_bracket, level.location, level.device_type
  FROM shoppers AS s
  CROSS JOIN UNNEST([
    STRUCT(s.age AS age_bracket, s.place AS location, s.device AS device_type),
    STRUCT(s.age, s.place, NULL),
    STRUCT(s.age, NULL, s.device),
    STRUCT(NULL, s.place, s.device),
    STRUCT(s.age, NULL, NULL),
    STRUCT(NULL, s.place, NULL),
    STRUCT(NULL, NULL, s.device)]) AS level
  WHERE COALESCE(level.age_bracket, level.location, level.device_type) IS NOT NULL
),
sizes AS (
  SELECT age_bracket, location, device_type, COUNT(*) AS members
  FROM members
  GROUP BY age_bracket, location, device_type
  HAVING COUNT(*) >= 50
)
SELECT
  z.age_bracket,
  z.location,
  z.device_type,
  z.members,
  t.product_id,
  COUNT(*) AS shoppers,
  SAFE_DIVIDE(
    LN(1 + COUNT(*)),
    LN(1 + MAX(COUNT(*)) OVER (PARTITION BY z.age_bracket, z.location, z.device_type))) AS popularity
FROM sizes AS z
JOIN members AS m
  ON IFNULL(m.age_bracket, '') = IFNULL(z.age_bracket, '')
  AND IFNULL(m.location, '') = IFNULL(z.location, '')
  AND IFNULL(m.device_type, '') = IFNULL(z.device_type, '')
JOIN touched AS t ON t.user_id = m.user_id
GROUP BY z.age_bracket, z.location, z.device_type, z.members, t.product_id;
